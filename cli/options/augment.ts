/** The value of `--augment`: a line such as "shift=2,rotation=10,flip,elastic=34:4" (src/augmentation/text.ts), read. */
import {
  type AugmentationOptions,
  augmentationNames,
  checkAugmentation,
} from "../../src/augmentation/options.ts";
import { augmentWord } from "../../src/augmentation/text.ts";
import { AnygradError } from "../../src/errors.ts";
import { oneOf } from "./arguments.ts";

const words = augmentationNames.map(augmentWord);

/** The augmentation that a text describes, or "none", which removes that of the recipe. @throws AnygradError INVALID_ARGUMENT */
export function parseAugment(text: string): AugmentationOptions | "none" {
  if (text === "none") return text;
  const options: Record<string, unknown> = {};
  for (const part of text.split(",")) {
    const [given = "", value = "", ...rest] = part.split("=").map((piece) => piece.trim());
    const option = augmentationNames[words.indexOf(oneOf("--augment:", given, words))]!;
    if (Object.hasOwn(options, option)) throw wrong(`${given} is given twice`, "name each kind once");
    if (rest.length > 0)
      throw wrong(`got "${part}"`, "write a kind as name=value, with commas between kinds");
    options[option] = numbersOf(option, value);
  }
  return checkAugmentation(options, "--augment");
}

function numbersOf(option: keyof AugmentationOptions, text: string): unknown {
  const word = augmentWord(option);
  if (option === "flip") return text || "horizontal";
  if (text === "") throw wrong(`${word} has no value`, "write it as shift=2,rotation=10,flip");
  const [first, second, ...rest] = text
    .split(":")
    .map((piece) => (piece === "" ? Number.NaN : Number(piece)));
  if (Number.isNaN(first) || Number.isNaN(second) || rest.length > 0)
    throw wrong(`${word} is "${text}"`, "pass a number, or two of them with a colon, such as elastic=34:4");
  if (option === "elastic") return second === undefined ? { alpha: first } : { alpha: first, sigma: second };
  return second === undefined ? first : [first, second];
}

function wrong(got: string, wanted: string): AnygradError {
  return new AnygradError("INVALID_ARGUMENT", `--augment: ${got}; ${wanted}`);
}
