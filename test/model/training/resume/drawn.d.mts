import type * as Anygrad from "../../../../src/index.ts";

/** What a drawn run is made of; the module may be the sources, or what the build made of them. */
export interface DrawnRun {
  /** All that was drawn, as text. */
  readonly settings: string;
  begin(engine: Anygrad.Engine): Promise<Anygrad.Model>;
  fit(net: Anygrad.Model): { data: never; options: Anygrad.FitOptions };
}
export interface Part {
  readonly bytes: Uint8Array;
  readonly steps: Record<string, Anygrad.StepLogs>;
  readonly ended?: { readonly history: Record<string, unknown>; readonly digest: string };
}
export interface Cut {
  readonly most: number;
  readonly way: "leave" | "abort" | "die";
}
export declare function drawnRun(anygrad: typeof Anygrad, seed: number): DrawnRun;
export declare function partOf(
  anygrad: typeof Anygrad,
  run: DrawnRun,
  part: { engine: Anygrad.Engine; saved?: Uint8Array | undefined } & Partial<Cut>,
): Promise<Part>;
export declare function cutsOf(seed: number, total: number): Cut[];
export declare function placesOf(seed: number, count: number, parts: number): number[];
