/** The ops of the library, which note that they were called: so the command knows which of them a case has tried. */
import * as library from "../../../src/ops/index.ts";

const called = new Set<string>();

const noted = Object.fromEntries(
  Object.entries(library).map(([name, op]) => [
    name,
    (...given: never[]) => {
      called.add(name);
      return (op as (...given: never[]) => unknown)(...given);
    },
  ]),
);

export const ops: typeof library = noted as unknown as typeof library;

/** The names of all ops. */
export const names: readonly string[] = Object.keys(library);

/** The ops that were called since it was asked last. */
export function takeCalled(): string[] {
  const list = [...called];
  called.clear();
  return list;
}
