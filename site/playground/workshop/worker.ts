/** The program of the workshop's worker: a message is a call of a method, and so is what comes back. */
import type { FromWorkshop, ToWorkshop } from "../training/messages.ts";
import { failureOf } from "./stepping.ts";
import { Workshop } from "./workshop.ts";

const port = globalThis as unknown as { postMessage(message: FromWorkshop): void; onmessage: unknown };

const workshop = new Workshop((event, value) => port.postMessage({ event, value } as FromWorkshop));

/** What changes the run waits for what changes it before; all else is answered between two steps. */
const inTurn: ReadonlySet<string> = new Set(["read", "begin", "play", "step", "extend", "teach", "open"]);
let turn: Promise<unknown> = Promise.resolve();

port.onmessage = ({ data }: MessageEvent<ToWorkshop>) => {
  if (inTurn.has(data.method)) turn = turn.then(() => answer(data));
  else void answer(data);
};

async function answer({ id, method, order }: ToWorkshop): Promise<void> {
  try {
    const call = workshop[method] as (this: Workshop, order: unknown) => unknown;
    port.postMessage({ id, result: await call.call(workshop, order) });
  } catch (error) {
    port.postMessage({ id, failure: failureOf(error) });
  }
}
