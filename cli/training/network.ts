/** What the command line trains: a preset with the changes that options make to it, or the network of a user's own file. */
import { exampleCount } from "../../src/data/dataset.ts";
import { AnygradError } from "../../src/errors.ts";
import { type Model, sequential } from "../../src/model/index.ts";
import { findPreset, type Preset, presetNameFor, presets, type Recipe } from "../../src/presets/index.ts";
import type { Source } from "../dataset/source.ts";
import { oneOf } from "../options/arguments.ts";
import { type NetworkCliOptions, networkOptions } from "../options/networkOptions.ts";
import { customOf } from "./customFile.ts";
import { type DataFacts, isModelFile, ownNetwork, ownRecipe } from "./modelFile.ts";

/** A network by its name, before there is any data. */
export interface NetworkSource {
  /** In reports and run.json: the preset's name, or the file's without its folders. */
  readonly name: string;
  /** As a command line takes it: the preset's name, or the path of the file. */
  readonly argument: string;
  /** The network in a few words. */
  readonly description: string;
  readonly recipe: Recipe;
  /** Whether it is a file of the user's own. */
  readonly isFile: boolean;
  /** What run.json says of it, of a trained model. */
  readonly record?: Readonly<Record<string, unknown>>;
  /**
   * The network before it is compiled, for data of this kind.
   * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH
   */
  network(facts: DataFacts, options?: NetworkCliOptions): Promise<Model>;
}

/** A preset by its name, a file by its path. The file is read when its network is asked for. @throws AnygradError INVALID_ARGUMENT, with the nearest name */
export function networkSourceOf(argument: string): NetworkSource {
  if (!isModelFile(argument)) {
    const preset = presetOf(argument);
    const { name, description, recipe } = preset;
    return {
      name,
      argument: name,
      description,
      recipe,
      isFile: false,
      network: async (facts, options) => networkOf(preset, options, facts),
    };
  }
  const path = argument.replace(/^[.][/\\](?=.*[.]\w+$)/, ""); // one network by one name
  const name = path.split(/[/\\]/).at(-1)!;
  return {
    name,
    argument: path,
    description: "a network of your own",
    recipe: ownRecipe,
    isFile: true,
    async network(facts, options = {}) {
      refusePresetOptions(name, options);
      return ownNetwork(path, facts, options.set, await customOf(options));
    },
  };
}

/** The preset for data of this kind, where the user names none. */
export function networkSourceFor({ train }: Source): NetworkSource {
  return networkSourceOf(
    presetNameFor({
      inputShape: train.shape.slice(1),
      isSeries: train.preparation?.window !== undefined,
      pictures: train.preparation?.image && exampleCount(train),
    }),
  );
}

/** The one network that a command was given, by its place or by --model; undefined where it was given none, or --from. @throws AnygradError INVALID_ARGUMENT for several */
export function oneNetwork(
  positional: string | undefined,
  model: string | undefined,
  from?: string,
): string | undefined {
  const other = positional ?? model;
  if (from !== undefined && other !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--from ${from} and ${other} both name what is trained; leave one of them out`,
    );
  if (positional !== undefined && model !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--model ${model} and ${positional} both name a network; leave one of them out`,
    );
  return positional ?? (model === undefined ? undefined : checkModelFile(model));
}

/** The value of --model. @throws AnygradError INVALID_ARGUMENT for what has not the name of such a file */
export function checkModelFile(path: string): string {
  if (isModelFile(path)) return path;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    findPreset(path)
      ? `--model: ${path} is a preset; write it without --model`
      : `--model: ${path} is no module; pass a .mjs, .js or .ts file that exports a network, or the .json of net.getConfig()`,
  );
}

/** The preset of this name. @throws AnygradError INVALID_ARGUMENT, with the nearest name */
export function presetOf(name: string): Preset {
  const known = oneOf(
    "preset",
    name,
    presets.map((preset) => preset.name),
  );
  return findPreset(known)!;
}

/** The network of a preset before it is compiled. @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH */
export function networkOf(
  preset: Preset,
  options: NetworkCliOptions = {},
  { inputShape = [28, 28, 1], classes = 10, task = "classification", seed = 0 }: Partial<DataFacts> = {},
): Model {
  if (options.set !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--set is for the function of a model file, and ${preset.name} is a preset; leave it out, or pass --model FILE`,
    );
  if (options.custom !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--custom defines what a model file holds by name, and ${preset.name} is a preset; leave it out, or pass --model FILE`,
    );
  const end = task === "regression" ? { outputs: 1 } : { classes };
  return sequential(preset.network({ ...networkOptions(options), inputShape, ...end }), { inputShape, seed });
}

function refusePresetOptions(file: string, options: NetworkCliOptions): void {
  const [given] = Object.entries(networkOptions(options)).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  if (given !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--${given} changes the network of a preset, but ${file} has its own; leave it out, or let the file's function take it: --set ${given}=…`,
    );
}
