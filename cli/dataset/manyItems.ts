/**
 * Items that are made when they are asked for, and again when they are asked for again: the predictions of a million rows as objects
 * would take 300 MB, their numbers take some.
 */

export function numbered<T>(count: number, item: (i: number) => T): Iterable<T> {
  return {
    *[Symbol.iterator]() {
      for (let i = 0; i < count; i++) yield item(i);
    },
  };
}

/** One after another. */
export function joined<T>(lists: readonly Iterable<T>[]): Iterable<T> {
  return {
    *[Symbol.iterator]() {
      for (const list of lists) yield* list;
    },
  };
}

export function mapped<T, U>(items: Iterable<T>, map: (item: T) => U): Iterable<U> {
  return {
    *[Symbol.iterator]() {
      for (const item of items) yield map(item);
    },
  };
}
