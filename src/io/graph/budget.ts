/** How many numbers may be made of a file: its constants in other orders and types, tables that its nodes compute, and weights of layers. */
import { AnygradError } from "../../errors.ts";
import type { Constant } from "./constant.ts";

/** Numbers that any file may make: tables of places and shapes do not grow with it. */
const anyway = 2 ** 25;
/** Numbers for each byte of a file: weights that are converted, turned and joined, each step kept until the model is there. */
const perByte = 4;

/** What is left for a file while it is read. */
export class Budget {
  /** The most numbers that may be made. */
  readonly most: number;
  #made = 0;
  readonly #counted = new WeakSet<object>();

  /** @param bytes of the file and those beside it */
  constructor(bytes: number) {
    this.most = anyway + perByte * bytes;
  }

  /** Counts a constant that a node gives: once, whatever names it goes by. @throws AnygradError MEMORY_LIMIT */
  count({ numbers, size }: Constant): void {
    if (this.#counted.has(numbers)) return;
    this.#counted.add(numbers);
    this.#made += size;
    this.check(this.#made, "constants of");
  }

  /** @throws AnygradError MEMORY_LIMIT where more numbers would be made than a file of its size may */
  check(size: number, what: string): void {
    if (size > this.most)
      throw new AnygradError(
        "MEMORY_LIMIT",
        `${what} ${size} numbers or more would be made of the file, whose size allows ${this.most}; it is damaged, or made to fill memory`,
      );
  }
}
