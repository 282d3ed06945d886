/** Known numbers that operators are given in place of attributes. */
import { Constant } from "../constant.ts";

/** Whole numbers, such as axes. */
export const list = (numbers: readonly number[]): Constant =>
  new Constant([numbers.length], numbers, "int64");

/** A number. */
export const scalar = (n: number): Constant => new Constant([], [n]);
