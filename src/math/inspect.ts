/** One readable line in a console, in place of megabytes of numbers: Node, Deno and Bun ask a value for it by a symbol. */

/** Where a value has the function that `console.log` calls; a page's console shows the value itself. */
const inspect = Symbol.for("nodejs.util.inspect.custom");

/** A class whose objects a console shows as one line. */
export interface PrintableClass {
  /** Makes an object. */
  new (): object;
}

/** The base of classes that a console shows as their `toString` says. */
export const Printable: PrintableClass = /* @__PURE__ */ (() =>
  class {
    [inspect](): string {
      return String(this);
    }
  })();

/**
 * Gives plain data its line. Nothing else sees it: it is not enumerated, not copied by a spread, and not sent to workers.
 *
 * @param line makes the text when it is asked for
 */
export function withLine<T extends object>(value: T, line: (value: T) => string): T {
  return Object.defineProperty(value, inspect, { value: () => line(value) });
}

/** A count with its noun, as such lines have it: "1 epoch", "2 epochs", "3 classes". */
export function counted(count: number, noun: string, many = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : many}`;
}
