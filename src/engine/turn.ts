/** Gives the event loop a turn: timers, input, signals and paints that wait behind a long computation. */

interface Schedulers {
  setImmediate?: (callback: () => void) => unknown;
  scheduler?: { yield?: () => Promise<void> };
}

export function turn(): Promise<void> {
  const { setImmediate, scheduler }: Schedulers = globalThis as Schedulers;
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    if (setImmediate) setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
