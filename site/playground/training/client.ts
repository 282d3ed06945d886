/** The page's half: a worker whose methods are called by messages. */
import type { Failure, FromWorkshop, MethodName, WorkshopEvents, WorkshopMethods } from "./messages.ts";

/** What went wrong in the workshop, in its words. */
export class WorkshopError extends Error {
  readonly code: string;
  constructor({ code, message }: Failure) {
    super(message);
    this.code = code;
  }
}

export type Listeners = { [Name in keyof WorkshopEvents]?: (value: WorkshopEvents[Name]) => void };

export class Client {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  #calls = 0;
  #hasSpoken = false;
  #lost: WorkshopError | undefined;

  /** @param lose is called once where the worker has died; `isNew` where it had said nothing yet, so that another would fare alike */
  constructor(listeners: Listeners, lose: (error: WorkshopError, isNew: boolean) => void = () => {}) {
    this.#worker = new Worker(new URL("../workshop/worker.ts", import.meta.url), {
      type: "module",
      name: "workshop",
    });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorkshop>) => {
      this.#hasSpoken = true;
      if ("event" in data) {
        (listeners[data.event] as ((value: unknown) => void) | undefined)?.(data.value);
        return;
      }
      const call = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("failure" in data) call?.reject(new WorkshopError(data.failure));
      else call?.resolve(data.result);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#break(
        new WorkshopError({ code: "WORKER", message: event.message || "its program could not be loaded" }),
      );
      lose(this.#lost!, !this.#hasSpoken);
    };
  }

  call<Name extends MethodName>(
    method: Name,
    order: Parameters<WorkshopMethods[Name]>[0],
  ): Promise<ReturnType<WorkshopMethods[Name]>> {
    if (this.#lost) return Promise.reject(this.#lost);
    const id = this.#calls++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#worker.postMessage({ id, method, order });
    });
  }

  /** Ends the worker; what waits for it fails. */
  close(): void {
    this.#worker.terminate();
    this.#break(new WorkshopError({ code: "WORKER", message: "it was ended" }));
  }

  #break(error: WorkshopError): void {
    this.#lost = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
