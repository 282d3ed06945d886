/** `--shapes`: sizes of inputs that a file leaves open, as each format takes them. */
import { AnygradError } from "../../src/errors.ts";

/** Sizes by the names of inputs, in the file's order; those of an only input under "". null: left as it is. */
export type OpenShapes = Readonly<Record<string, readonly (number | null)[]>>;

/** @throws AnygradError INVALID_ARGUMENT */
export function parseShapes(text: string): OpenShapes {
  const shapes: Record<string, (number | null)[]> = {};
  for (const part of text.split(",")) {
    const [, name = "", sizes = ""] = /^(?:(.+)=)?([\d?x×*]+)$/i.exec(part.trim()) ?? [];
    const list = sizes.split(/[x×*]/i).map((each) => (each === "?" ? null : Number(each)));
    const isRight =
      sizes !== "" && list.every((each) => each === null || (Number.isSafeInteger(each) && each > 0));
    if (!isRight || Object.hasOwn(shapes, name) || (name === "" && text.includes(",")))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `--shapes is "${text.slice(0, 80)}"; pass the sizes of an example, such as 224x224x3, or by the names of inputs: image=3x224x224,text=20`,
      );
    shapes[name] = list;
  }
  return shapes;
}

/** The sizes as they are typed. */
export function shapesText(shapes: OpenShapes): string {
  const each = ([name, sizes]: [string, readonly (number | null)[]]): string =>
    `${name === "" ? "" : `${name}=`}${sizes.map((size) => size ?? "?").join("x")}`;
  return Object.entries(shapes).map(each).join(",");
}

/** As Keras's and TensorFlow.js's readers take them: of one input, or by names. */
export function asInputShape(
  shapes: OpenShapes | undefined,
): Readonly<Record<string, number[]>> | number[] | undefined {
  if (!shapes) return undefined;
  const whole = Object.fromEntries(
    Object.entries(shapes).map(([name, sizes]) => [name, sizes.filter((size) => size !== null)]),
  );
  return whole[""] ?? whole;
}

/** As the readers of ONNX and TFLite take them: by names, with the batch. @param named gives the names of the file's inputs */
export function asGraphShapes(
  shapes: OpenShapes | undefined,
  named: () => readonly string[],
): Readonly<Record<string, readonly (number | null)[]>> | undefined {
  if (!shapes) return undefined;
  const inputs = named();
  return Object.fromEntries(
    Object.entries(shapes).map(([name, sizes]) => {
      if (name === "" && inputs.length !== 1)
        throw new AnygradError(
          "INVALID_ARGUMENT",
          `--shapes: the model has the inputs ${inputs.slice(0, 8).join(", ")}; say whose sizes they are: ${inputs[0]}=${sizes.join("x")}`,
        );
      return [name || inputs[0]!, sizes.includes(null) ? sizes : [null, ...sizes]];
    }),
  );
}
