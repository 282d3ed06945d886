/** Attributes of nodes: what an operator is told besides its inputs, read by name. */
import { AnygradError, quote } from "../../errors.ts";
import type { ElementType } from "../elements.ts";
import type { Constant } from "./constant.ts";

/** Attributes, whatever the file that they stand in. What is missing is its default, undefined for lists. */
export interface Attributes {
  has(name: string): boolean;
  int<Default extends number | undefined>(name: string, byDefault: Default): number | Default;
  float(name: string, byDefault: number): number;
  ints(name: string): number[] | undefined;
  floats(name: string): number[] | undefined;
  text(name: string, byDefault: string): string;
  texts(name: string): string[] | undefined;
  /** Numbers in a shape. */
  constant(name: string): Constant | undefined;
  /** A type of numbers. */
  elementType(name: string): ElementType;
}

/** Attributes that are given: numbers, texts, lists of either, and numbers in a shape. */
export type GivenAttributes = Readonly<
  Record<string, number | string | readonly number[] | readonly string[] | Constant | undefined>
>;

/** Attributes that are given by us, with the right types. */
export class PlainAttributes implements Attributes {
  readonly #given: GivenAttributes;

  constructor(given: GivenAttributes) {
    this.#given = given;
  }

  #find<T>(name: string): T | undefined {
    return this.#given[name] as T | undefined;
  }

  has(name: string): boolean {
    return this.#given[name] !== undefined;
  }

  int<Default extends number | undefined>(name: string, byDefault: Default): number | Default {
    return this.#find<number>(name) ?? byDefault;
  }

  float(name: string, byDefault: number): number {
    return this.#find<number>(name) ?? byDefault;
  }

  ints(name: string): number[] | undefined {
    return this.#find<number[]>(name);
  }

  floats(name: string): number[] | undefined {
    return this.#find<number[]>(name);
  }

  text(name: string, byDefault: string): string {
    return this.#find<string>(name) ?? byDefault;
  }

  texts(name: string): string[] | undefined {
    return this.#find<string[]>(name);
  }

  constant(name: string): Constant | undefined {
    return this.#find<Constant>(name);
  }

  elementType(name: string): ElementType {
    return this.#find<ElementType>(name) ?? missing(name);
  }
}

/** @throws AnygradError DATA_FORMAT for an attribute that every node of its operator has */
export function missing(name: string): never {
  throw new AnygradError("DATA_FORMAT", `its attribute ${quote(name)} is missing; the file is damaged`);
}
