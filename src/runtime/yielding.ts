/**
 * Lets the event loop run what waits behind a long computation: timers, input, messages and paints.
 *
 * `scheduler.yield` is not used: its continuations go before timers and messages, so that none would run as long as a
 * training loop does. Measured in Chromium 156, steps of 12 ms for 1.5 s on a page: 0 of 150 timers, 0 messages and 15 frames
 * by it, 61 timers, 42 messages and 92 frames by a message channel; a worker saw no message at all. `setTimeout` waits 4 ms
 * each time in browsers, a channel 0.01 ms.
 */
import { hostGlobals, onPage } from "./capabilities.ts";

/**
 * How long a computation may block the event loop. On a page it yields after every step, so that frames are drawn and input
 * is handled.
 */
const patience: number = onPage() ? 0 : 50; // ms

/** Resolves when the event loop has run the timers, messages and input that were waiting. */
export function yieldToEventLoop(): Promise<void> {
  const host = hostGlobals();
  return new Promise((resolve) => {
    // Next.js puts a setImmediate there that throws when it is called
    if (host.setImmediate && host.EdgeRuntime === undefined) host.setImmediate(resolve);
    // only browsers and their workers get by without setImmediate but with Worker; workerd has neither
    else if (host.Worker && host.MessageChannel) afterMessages(host.MessageChannel, resolve);
    else setTimeout(resolve, 0);
  });
}

/**
 * Yields to the event loop where it has been blocked for long enough.
 * @param since time of the last yield, in ms as of `performance.now()`
 * @returns time of the last yield: `since`, or now
 */
export async function yieldWhenDue(since: number): Promise<number> {
  if (performance.now() - since < patience) return since;
  await yieldToEventLoop();
  return performance.now();
}

let channel: MessageChannel | undefined;
const waiting: (() => void)[] = [];

function afterMessages(Channel: typeof MessageChannel, resolve: () => void): void {
  if (!channel) {
    channel = new Channel();
    channel.port1.onmessage = () => waiting.shift()?.();
  }
  waiting.push(resolve);
  channel.port2.postMessage(0);
}
