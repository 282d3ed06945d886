/** That files can tell what is of the user's own in a model. Only the saving of such models imports this. */
import type { Definition } from "../../definitions/definition.ts";
import { ownIn } from "../../definitions/ownIn.ts";
import { AnygradError, quote } from "../../errors.ts";
import type { Layer } from "../../layers/index.ts";

/**
 * Whether what is of the user's own in a model can be told apart by name.
 * @throws AnygradError INVALID_ARGUMENT where two definitions have one name: the file would be of one of them
 */
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
