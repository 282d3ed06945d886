// What a peer in JavaScript answers, in a process (serve.mjs) and in a page (page.mjs).
import { networkNamed, randomBatch } from "../batch.mjs";

/**
 * @param peer what an engine's `start` gives
 * @param processorTime milliseconds of all threads until now; left out where a host does not tell
 * @returns a function from a request to its answer, see serve.mjs
 */
export function answering(peer, processorTime) {
  let opened;
  return async ({ network, mode, warmup, steps }) => {
    if (opened?.name !== network) {
      const previous = opened;
      opened = undefined;
      await previous?.close();
      const wanted = networkNamed(network);
      opened = { name: network, ...(await peer.open(network, wanted, randomBatch(wanted))) };
    }
    const step = opened[mode];
    const losses = [];
    for (let i = 0; i < warmup; i++) losses.push(await step());
    const milliseconds = [];
    const processor = [];
    for (let i = 0, before = performance.now(), used = processorTime?.(); i < steps; i++) {
      losses.push(await step());
      const [after, usedAfter] = [performance.now(), processorTime?.()];
      milliseconds.push(after - before);
      if (processorTime) processor.push(usedAfter - used);
      [before, used] = [after, usedAfter];
    }
    return { milliseconds, processor, losses, parameters: opened.parameters, note: opened.note };
  };
}
