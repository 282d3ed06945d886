/** A preset's network, with the changes that options make to it. */
import { type Model, sequential } from "../../src/model/index.ts";
import { findPreset, type Preset, presets, type Task } from "../../src/presets/index.ts";
import { oneOf } from "../options/arguments.ts";
import { type NetworkCliOptions, networkOptions } from "../options/networkOptions.ts";

/** The preset of this name. @throws AnygradError INVALID_ARGUMENT, with the nearest name */
export function presetOf(name: string): Preset {
  const known = oneOf(
    "preset",
    name,
    presets.map((preset) => preset.name),
  );
  return findPreset(known)!;
}

/** The network before it is compiled. @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH */
export function networkOf(
  preset: Preset,
  options: NetworkCliOptions = {},
  {
    inputShape = [28, 28, 1],
    classes = 10,
    task = "classification",
    seed = 0,
  }: { inputShape?: readonly number[]; classes?: number; task?: Task; seed?: number } = {},
): Model {
  const end = task === "regression" ? { outputs: 1 } : { classes };
  return sequential(preset.network({ ...networkOptions(options), ...end }), { inputShape, seed });
}
