/** The program of the workshop's worker: a message is a call of a method, and so is what comes back. */
import type { FromWorkshop, ToWorkshop } from "./messages.ts";
import { failureOf, Workshop } from "./workshop.ts";

const port = globalThis as unknown as { postMessage(message: FromWorkshop): void; onmessage: unknown };

const workshop = new Workshop((event, value) => port.postMessage({ event, value } as FromWorkshop));

port.onmessage = async ({ data: { id, method, order } }: MessageEvent<ToWorkshop>) => {
  try {
    const call = workshop[method] as (this: Workshop, order: unknown) => unknown;
    port.postMessage({ id, result: await call.call(workshop, order) });
  } catch (error) {
    port.postMessage({ id, failure: failureOf(error) });
  }
};
