export interface Talk {
  /** Sends a plan and gives the answer. */
  ask(plan: object): Promise<unknown>;
  close(): Promise<void>;
  kill(): void;
}
export declare function talkTo(command: string, options: readonly string[], cwd?: string): Talk;
