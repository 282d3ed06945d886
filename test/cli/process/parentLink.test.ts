/** What a run tells the process that started it: a parent that has gone ends no run before its checkpoint. */
import { afterEach, expect, it } from "vitest";
import { epochMessages, tellFailure } from "../../../cli/process/parentLink.ts";
import { AnygradError } from "../../../src/errors.ts";

const { send, connected } = process;
afterEach(() => void Object.assign(process, { send, connected }));

/** A channel whose other end has gone, which this process has not noticed: Node tells it to the callback, or ends the process. */
function goneParent(): unknown[] {
  const sent: unknown[] = [];
  Object.assign(process, {
    connected: true,
    send(message: unknown, _handle: unknown, _options: unknown, told?: (error: Error) => void) {
      sent.push(message);
      if (!told) throw new Error("the error of the channel would end this process");
      told(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
    },
  });
  return sent;
}

it("goes on where the scores of an epoch reach nobody", async () => {
  const sent = goneParent();
  const logs = { loss: 1, seconds: 1, learningRate: 0.1 };
  await epochMessages()!.onEpochEnd!(2, logs, { epochs: 5 } as never);
  expect(sent).toEqual([{ epoch: 3, epochs: 5, logs }]);
});

it("ends with its own failure where that reaches nobody", () => {
  const sent = goneParent();
  tellFailure(new AnygradError("NOT_FINITE", "fit: the loss became NaN"));
  expect(sent).toEqual([{ failed: "NOT_FINITE" }]);
});
