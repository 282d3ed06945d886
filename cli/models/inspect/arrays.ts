/** What files of arrays say of themselves: safetensors, a model of anygrad among them, and NumPy's. */

import { bytesOfElement } from "../../../src/io/elements.ts";
import { parseJson } from "../../../src/io/json.ts";
import { isNpy, npyHeader } from "../../../src/io/npz/npy.ts";
import { headerOf } from "../../../src/io/safetensors/header.ts";
import { unzip } from "../../../src/io/zip/archive.ts";
import { sizeOf } from "../../../src/math/shape.ts";
import type { SavedModel } from "../../../src/model/saving/save.ts";
import { counted, type End, type FileFacts, type Held } from "./facts.ts";

/** @throws AnygradError DATA_FORMAT */
export function safetensorsFacts(bytes: Uint8Array): FileFacts {
  const { entries, metadata } = headerOf(bytes);
  const arrays = entries.map(
    ({ name, dtype, shape, from, to }): Held => ({ name, dtype, shape, bytes: to - from }),
  );
  const { format, model, run: _, ...texts } = metadata;
  const saved = format === "anygrad" && model !== undefined ? savedIn(model) : undefined;
  if (!saved) return { arrays, texts: metadata };
  return {
    producer: "anygrad",
    version: saved.version === undefined ? undefined : `form ${saved.version}`,
    ...endsOf(saved),
    layers: counted((saved.layers ?? []).map(({ type }) => type)),
    arrays,
    texts: { ...texts, ...(saved.classNames && { classes: saved.classNames.join(", ") }) },
  };
}

function savedIn(text: string): Partial<SavedModel> | undefined {
  try {
    return parseJson("inspect", "the model's description", text) as Partial<SavedModel>;
  } catch {
    return undefined;
  }
}

function endsOf({ ends, inputShape, inputName, layers }: Partial<SavedModel>): {
  inputs: End[];
  outputs: End[];
} {
  if (ends)
    return {
      inputs: ends.inputs.map(({ name, shape }) => ({ name, shape: [null, ...shape] })),
      outputs: ends.outputs.map(({ name }) => ({ name })),
    };
  return {
    inputs: inputShape ? [{ name: inputName ?? "input", shape: [null, ...inputShape] }] : [],
    outputs: [{ name: layers?.at(-1)?.name ?? "output" }],
  };
}

/** The headers of the arrays alone: objects and texts are told, too. @throws AnygradError DATA_FORMAT, MEMORY_LIMIT */
export function npzFacts(bytes: Uint8Array): FileFacts {
  const files = isNpy(bytes) ? [["arr_0.npy", bytes] as const] : [...unzip("inspect", bytes)];
  return {
    arrays: files.map(([file, held]): Held => {
      const name = file.replace(/[.]npy$/, "");
      const { dtype, description, shape } = npyHeader(name, held);
      return {
        name,
        dtype: dtype ?? description,
        shape,
        bytes: dtype && bytesOfElement[dtype] * sizeOf(shape),
      };
    }),
  };
}
