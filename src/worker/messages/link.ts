/**
 * One end of the line between page and worker: calls with answers, in both directions. An error of the other side
 * is thrown here as what it was there; when the other side is gone, all calls fail.
 */
import { AnygradError, reasonOf } from "../../errors.ts";
import { errorOf, type Failure, failureOf } from "./failure.ts";
import { buffersOf } from "./transfer.ts";

/** What carries the messages. */
export interface Port {
  post(message: unknown, moved: ArrayBuffer[]): void;
  /** Whether someone waits for an answer: a process must not end then. */
  busy?(isBusy: boolean): void;
}

type Argument<M> = M extends (argument: infer A) => unknown ? A : never;
type Result<M> = M extends (argument: never) => infer R ? R : never;

/** Answers to the calls of the other side. */
export type Handlers<Methods> = {
  readonly [K in keyof Methods]: (
    argument: Argument<Methods[K]>,
  ) => Result<Methods[K]> | Promise<Result<Methods[K]>>;
};

type Message =
  | { readonly call: number; readonly method: string; readonly argument: unknown }
  | { readonly answer: number; readonly value?: unknown; readonly failure?: Failure };

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export class Link<Theirs, Ours> {
  readonly #port: Port;
  readonly #handlers: Handlers<Ours>;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  #broken: AnygradError | undefined;

  constructor(port: Port, handlers: Handlers<Ours>) {
    this.#port = port;
    this.#handlers = handlers;
  }

  /** Calls the other side. The argument's arrays are moved: they must not be anyone else's. */
  call<K extends keyof Theirs & string>(
    method: K,
    argument: Argument<Theirs[K]>,
  ): Promise<Result<Theirs[K]>> {
    if (this.#broken) return Promise.reject(this.#broken);
    const call = ++this.#calls;
    return new Promise<unknown>((resolve, reject) => {
      this.#send({ call, method, argument });
      this.#waiting.set(call, { resolve, reject });
      this.#port.busy?.(true);
    }) as Promise<Result<Theirs[K]>>;
  }

  /** Takes what the other side posted. */
  receive(message: unknown): void {
    const received = message as Message;
    if ("call" in received) void this.#answer(received);
    else this.#settle(received);
  }

  /** Fails all calls, the waiting ones and those to come. */
  break(error: AnygradError): void {
    this.#broken ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#broken);
    this.#waiting.clear();
    this.#port.busy?.(false);
  }

  async #answer({ call, method, argument }: Extract<Message, { call: number }>): Promise<void> {
    try {
      const handle = this.#handlers[method as keyof Ours] as (argument: unknown) => unknown;
      this.#send({ answer: call, value: await handle(argument) });
    } catch (error) {
      this.#send({ answer: call, failure: failureOf(error) });
    }
  }

  #settle({ answer, value, failure }: Extract<Message, { answer: number }>): void {
    const waiting = this.#waiting.get(answer);
    this.#waiting.delete(answer);
    if (this.#waiting.size === 0) this.#port.busy?.(false);
    if (failure) waiting?.reject(errorOf(failure));
    else waiting?.resolve(value);
  }

  #send(message: Message): void {
    try {
      this.#port.post(message, buffersOf(message));
    } catch (cause) {
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `inWorker: something in the options cannot be sent to a worker (${reasonOf(cause)}); pass numbers, texts and arrays, and keep functions to callbacks`,
        { cause },
      );
    }
  }
}
