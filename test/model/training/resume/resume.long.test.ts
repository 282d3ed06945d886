/** A run that is saved by its last callback at every step and epoch goes on from each of the files as if nothing had been. */
import { describe, expect, it } from "vitest";
import { type Callback, load } from "../../../../src/model/index.ts";
import {
  begin,
  cases,
  data,
  engine,
  expectSame,
  interruptedAt,
  plan,
  uninterrupted,
  walk,
} from "./resumption.ts";

describe.each(Object.entries(cases))("%s", async (_, it_) => {
  const wanted = await uninterrupted(it_);
  const set = it_.data ?? data;

  it("interrupted at any step, saved and loaded", async () => {
    for (let most = 0; most <= wanted.steps.length; most++) await interruptedAt(it_, wanted, most);
  });

  it("saved by the last of the callbacks, at a step's and at an epoch's end", async () => {
    const saved: { bytes: Uint8Array; done: number }[] = [];
    const net = await begin(it_);
    let done = 0;
    const keep = async (): Promise<void> =>
      void saved.push({ bytes: await net.save({ optimizer: true }), done });
    const step = (): Promise<void> => {
      done++;
      return keep();
    };
    const own = it_.fit?.() ?? {};
    const saver: Callback = { onStepEnd: step, onEpochBegin: keep, onEpochEnd: keep };
    await net.fit(set, { ...plan, ...own, callbacks: [own.callbacks ?? [], saver].flat() });
    expect(await net.digest()).toBe(wanted.digest);
    for (const { bytes, done } of saved) {
      const again = await load(bytes, { engine });
      const rest = await walk(again.train(set, { ...plan, ...it_.fit?.(), resume: true }));
      // what was saved between the last step of an epoch and its end yields that step again
      const missing = wanted.steps.length - done;
      expect([missing, missing + 1]).toContain(rest.steps.length);
      await expectSame(
        wanted,
        again,
        [...wanted.steps.slice(0, -rest.steps.length || undefined), ...rest.steps],
        rest.history,
      );
    }
  });
});
