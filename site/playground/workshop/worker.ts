/**
 * The program of the workshop's worker: a message is a call of a method, and so is what comes back. The workshop is imported when this runs, so
 * that it is no part of this file's chunk: WebKit runs the first file of a worker once more where another chunk imports from it.
 */
import type { FromWorkshop, ToWorkshop } from "../training/messages.ts";

const port = globalThis as unknown as { postMessage(message: FromWorkshop): void; onmessage: unknown };

const opened = import("./workshop.ts").then(
  ({ Workshop }) => new Workshop((event, value) => port.postMessage({ event, value } as FromWorkshop)),
);

/**
 * What changes the run waits for what changes it before, and so does what is watched: looking at a network whose engine is let go by the data that
 * come next would fail, or show it beside those. All else is answered between two steps.
 */
const inTurn: ReadonlySet<string> = new Set([
  "read",
  "begin",
  "watch",
  "play",
  "step",
  "extend",
  "teach",
  "open",
]);
let turn: Promise<unknown> = Promise.resolve();

port.onmessage = ({ data }: MessageEvent<ToWorkshop>) => {
  if (inTurn.has(data.method)) turn = turn.then(() => answer(data));
  else void answer(data);
};

async function answer({ id, method, order }: ToWorkshop): Promise<void> {
  try {
    const workshop = await opened;
    const call = workshop[method] as (this: typeof workshop, order: unknown) => unknown;
    port.postMessage({ id, result: await call.call(workshop, order) });
  } catch (error) {
    const { code = "ERROR", message = String(error) } = error as { code?: string; message?: string };
    port.postMessage({ id, failure: { code, message } });
  }
}
