/** What is asked of every data set: how many examples it has, and what a console shows of it. Apart from the builder, which few pages need. */
import { counted, withLine } from "../math/inspect.ts";
import { formatShape } from "../math/shape.ts";

/** The parts of a data set that its line tells of. */
interface Printed {
  readonly x: ArrayBufferView;
  readonly shape: readonly number[];
  readonly y: ArrayBufferView & ArrayLike<number>;
  readonly classNames?: readonly string[];
  readonly name?: string;
}

/** The set, which a console shows as one line. */
export function printable<T extends Printed>(set: T): T {
  return withLine(set, ({ name, shape: [n, ...sample], x, y, classNames }) => {
    const kind = (values: ArrayBufferView): string => values.constructor.name;
    const targets = classNames
      ? counted(classNames.length, "class", "classes")
      : `y: ${y.length} of ${kind(y)}`;
    return `Dataset${name ? ` "${name}"` : ""}: ${counted(n!, "example")} of ${formatShape(sample)} (${kind(x)}), ${targets}`;
  });
}

/** The number of examples. */
export function exampleCount(set: Pick<Printed, "shape">): number {
  return set.shape[0] ?? 0;
}
