/** Whether a file can tell apart what is of the user's own. Imported where a model with anything of the kind is saved. */
import { type Definition, ownIn } from "../../definitions/definition.ts";
import { AnygradError, quote } from "../../errors.ts";
import type { Layer } from "../../layers/index.ts";

/** @throws AnygradError INVALID_ARGUMENT where two definitions have one name: the file would be of one of them */
export function checkDistinct(layers: readonly Layer[]): void {
  const known = new Map<string, Definition | undefined>();
  for (const { custom, type, definition } of ownIn(layers)) {
    const key = `${custom} ${type}`;
    if (known.has(key) && known.get(key) !== definition)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `save: two definitions of the ${custom} ${quote(type)} are in the model; files tell them apart by their names, so rename one`,
      );
    known.set(key, definition);
  }
}
