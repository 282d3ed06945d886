/**
 * The value of `--augment`: a comma list such as "shift=2,rotation=10,elastic=34:4,flip", to a description and back.
 * Two numbers of one kind are written with a colon.
 */
import { type AugmentationOptions, augmentationNames, checkAugmentation } from "../data/augment.ts";
import { AnygradError, reasonOf } from "../errors.ts";
import { oneOf } from "./arguments.ts";

const example = "--augment shift=2,rotation=10,flip";

/** The options' names as the flag has them. */
const written = { fillValue: "fill", valueRange: "range" } as const;
const nameOf = (option: keyof AugmentationOptions): string =>
  option in written ? written[option as keyof typeof written] : option;
const names: readonly string[] = augmentationNames.map(nameOf);

/** "none" gives undefined. Errors: INVALID_ARGUMENT. */
export function parseAugment(text: string): AugmentationOptions | undefined {
  if (text === "none") return undefined;
  const options: Record<string, unknown> = {};
  for (const part of text.split(",")) {
    const [given = "", ...values] = part.split("=");
    const name = oneOf("--augment:", given.trim(), names);
    const option = augmentationNames[names.indexOf(name)]!;
    if (option in options) throw wrong(`${name} is given twice`, "name each kind once");
    options[option] = valueOf(option, values.join("=").trim());
  }
  try {
    return checkAugmentation(options as AugmentationOptions);
  } catch (error) {
    throw error instanceof AnygradError
      ? new AnygradError(error.code, `--augment: ${reasonOf(error).replace(/^augmentation: /, "")}`)
      : error;
  }
}

/** What `parseAugment` reads; undefined: "none". */
export function formatAugment(options: AugmentationOptions | undefined): string {
  if (!options) return "none";
  return Object.entries(options)
    .map(([option, value]) => {
      const name = nameOf(option as keyof AugmentationOptions);
      if (typeof value !== "object") return value === "horizontal" ? name : `${name}=${value}`;
      return `${name}=${Object.values(value).join(":")}`;
    })
    .join(",");
}

function valueOf(option: keyof AugmentationOptions, text: string): unknown {
  if (option === "flip") return text || "horizontal";
  if (text === "") throw wrong(`${nameOf(option)} has no value`, `write it as ${example}`);
  const values = text.split(":").map((item) => (item.trim() === "" ? Number.NaN : Number(item)));
  if (values.length > 2 || values.some(Number.isNaN))
    throw wrong(`${nameOf(option)} is "${text}"`, "pass a number, or two of them with a colon, such as 34:4");
  const [first, second] = values;
  if (option === "elastic") return second === undefined ? { alpha: first } : { alpha: first, sigma: second };
  return second === undefined ? first : values;
}

function wrong(got: string, wanted: string): AnygradError {
  return new AnygradError("INVALID_ARGUMENT", `--augment: ${got}; ${wanted}`);
}
