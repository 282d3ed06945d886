/** `--custom FILE`: a module that defines what is of the user's own in a saved model, such as the file of `--model`. */
import { isDefinition, type Own } from "../../src/definitions/definition.ts";
import { ownIn } from "../../src/definitions/ownIn.ts";
import type { CustomGiven } from "../../src/model/saving/custom.ts";
import { importModule, ofUser, refusal } from "./modelModule.ts";

/** What commands that read a saved model take. */
export interface CustomCliOptions {
  /** The module. */
  readonly custom?: string;
}

/** What the module of `--custom` defines; nothing without one. @throws AnygradError INVALID_ARGUMENT where it defines nothing */
export async function customOf({ custom: path }: CustomCliOptions): Promise<readonly CustomGiven[]> {
  if (path === undefined) return [];
  const found = await ofUser(path, async () => definedIn(await importModule(path)));
  if (found.length > 0) return found;
  throw refusal(
    path,
    "it exports nothing that a define function gave; write export const scale = defineLayer({ … })",
  );
}

/** What a module exports of the user's own: definitions, and those of layers in what it exports besides. */
export function definedIn(module: object): readonly CustomGiven[] {
  return Object.values(module).flatMap((each: unknown) => [each].flat(1).flatMap(definitionsOf));
}

/** The definitions in a value: itself, those of a model's layers, those of a layer and its options. */
export function definitionsOf(value: unknown): readonly CustomGiven[] {
  if (isDefinition(value)) return [value];
  const { layers, type, config } = Object(value) as Partial<Own> & { layers?: unknown };
  const list = Array.isArray(layers) ? layers : type !== undefined && config !== undefined ? [value] : [];
  return ownIn(list).flatMap(({ definition }) => (definition ? [definition] : []));
}
