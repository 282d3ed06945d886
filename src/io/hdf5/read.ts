/**
 * HDF5 as Keras and h5py write it: groups, arrays, and attributes that are texts. A reader of our own, since jsfive makes a JavaScript
 * array of numbers of each: four times a file's size, where this takes the numbers as they lie.
 */
import { AnygradError } from "../../errors.ts";
import { largestFile } from "../source.ts";
import { Cursor, Damaged, type Sizes, Unsupported } from "./cursor.ts";
import { arrayOf, type Hdf5Array, numbersOf } from "./datasets.ts";
import { linksOf } from "./links.ts";
import { type AttributeValue, attributesOf, messagesAt } from "./objects.ts";

export type { Hdf5Array } from "./datasets.ts";

/** A group of a file. */
export interface Hdf5Group {
  /** Its attributes that are texts, by their names. */
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  /** The groups in it, by their names, in the order of the file. */
  readonly groups: ReadonlyMap<string, Hdf5Group>;
  /** The arrays in it, by their names, in the order of the file. */
  readonly arrays: ReadonlyMap<string, Hdf5Array>;
}

const magic = [0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10];
/** No model has more groups and arrays, nor groups in groups. */
const [mostObjects, deepest] = [1 << 18, 64];

/** Whether these bytes begin as HDF5 files do. */
export const isHdf5 = (bytes: Uint8Array): boolean => magic.every((byte, i) => bytes[i] === byte);

/**
 * The root of a file. Groups are read at once, the numbers of an array when they are asked for.
 * @param subject begins errors
 * @param maxBytes the most bytes that all arrays may have
 * @throws AnygradError DATA_FORMAT for what is no whole file, UNSUPPORTED for parts of the format that are not read, MEMORY_LIMIT
 */
export function readHdf5(subject: string, bytes: Uint8Array, maxBytes: number = largestFile): Hdf5Group {
  let [objects, total] = [0, 0];

  function group(file: Cursor, place: number, above: readonly number[]): Hdf5Group | undefined {
    const messages = messagesAt(file, place);
    const links = linksOf(messages);
    if (!links) return undefined;
    if (above.includes(place)) throw new Damaged("a group is in itself");
    if (above.length > deepest) throw new Damaged("groups are in too many groups");
    const [groups, arrays] = [new Map<string, Hdf5Group>(), new Map<string, Hdf5Array>()];
    for (const [name, at] of links) {
      if (++objects > mostObjects) throw new Damaged("it has too many parts");
      const inner = group(file, at, [...above, place]);
      if (inner) groups.set(name, inner);
      else {
        const array = arrayAt(file, at);
        if (array) arrays.set(name, array);
      }
    }
    return { attributes: attributesOf(file, messages), groups, arrays };
  }

  function arrayAt(file: Cursor, place: number): Hdf5Array | undefined {
    const messages = messagesAt(file, place);
    const told = attributesOf(file, messages).get("dtype");
    const found = arrayOf(messages, typeof told === "string" ? told : undefined);
    if (found?.datatype.kind !== "numbers") return undefined;
    const { shape, datatype } = found;
    return {
      shape,
      dtype: datatype.element!,
      read: (scratch) =>
        explained(subject, () => {
          total += shape.reduce((product, n) => product * n, datatype.size);
          if (total > maxBytes)
            throw new AnygradError(
              "MEMORY_LIMIT",
              `${subject}: the arrays of the file take more than ${maxBytes} bytes; raise maxBytes if it comes from a source you trust`,
            );
          return numbersOf(messages, shape, datatype, scratch);
        }),
    };
  }

  return explained(subject, () => {
    if (!isHdf5(bytes)) throw new Damaged("it does not begin as one");
    const { sizes, root } = superblock(bytes);
    const found = group(new Cursor(bytes, 0, sizes), root, []);
    if (found) return found;
    throw new Damaged("its root is no group");
  });
}

/** What stands first in a file. */
function superblock(bytes: Uint8Array): { sizes: Sizes; root: number } {
  const head = new Cursor(bytes, 8);
  const version = head.u8();
  const isOld = version < 2;
  if (version > 3) throw new Unsupported(`a file of version ${version}`);
  if (isOld) head.skip(4);
  const sizes = { offset: head.u8(), length: head.u8() };
  if (![4, 8].includes(sizes.offset) || ![4, 8].includes(sizes.length))
    throw new Damaged("its addresses have a size of their own");
  head.skip(isOld ? 9 + (version === 1 ? 4 : 0) : 1);
  const addresses = new Cursor(bytes, head.at, sizes);
  if (addresses.address() !== 0) throw new Unsupported("a file that begins within another");
  addresses.address();
  const end = addresses.place();
  if (end > bytes.length) throw new Damaged(`${bytes.length} bytes of ${end} are here`);
  if (isOld) {
    addresses.address();
    addresses.address(); // of the root's name, which has none
  }
  return { sizes, root: addresses.place() };
}

/** What a function gives; what it finds wrong as an error of the user's. */
function explained<T>(subject: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof AnygradError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (cause instanceof Unsupported)
      throw new AnygradError(
        "UNSUPPORTED",
        `${subject}: the HDF5 file has ${reason}, which is not read here; save the model again as .keras, by model.save("model.keras")`,
        { cause },
      );
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: this is not a whole HDF5 file: ${reason}; download or save it again`,
      { cause },
    );
  }
}
