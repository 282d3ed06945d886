/** Options of how pictures of any size become examples. */
import { type Command, Option } from "commander";
import type { ImageOptions } from "../../src/data/images/preparation.ts";
import type { ImagePreparation } from "../../src/data/preparation.ts";
import { AnygradError } from "../../src/errors.ts";
import { choice, wholeNumber } from "./arguments.ts";
import type { GivenOptions } from "./passedOptions.ts";

export interface ImageCliOptions {
  /** As it is written: "32", "32x48". */
  readonly imageSize?: string;
  readonly color?: "gray" | "rgb";
  readonly fit?: "cover" | "contain" | "stretch";
  /** Whether decoded pictures are kept in the user's cache folder, and taken from there. Default true. */
  readonly cache?: boolean;
  /** The most that a picture may have. */
  readonly maxPixels?: number;
}

/** The names of the options. */
export const imageOptionNames: readonly (keyof ImageCliOptions)[] = [
  "imageSize",
  "color",
  "fit",
  "cache",
  "maxPixels",
];

const colors = ["gray", "rgb"] as const;
const fits = ["cover", "contain", "stretch"] as const;

export function addImageOptions(command: Command): Command {
  return addCacheOption(command)
    .option(
      "--image-size <size>",
      "of pictures, in pixels: 32, or HEIGHTxWIDTH such as 32x48 (default: theirs, or a square of at most 64)",
      imageSize,
    )
    .option(
      "--color <kind>",
      "gray or rgb (default: rgb where a picture has color)",
      choice("--color", colors),
    )
    .option(
      "--fit <how>",
      "cover (crop), contain (black borders) or stretch (default: cover)",
      choice("--fit", fits),
    )
    .addOption(maxPixelsOption());
}

/** The option that raises how large a picture may be. */
export function maxPixelsOption(): Option {
  return new Option(
    "--max-pixels <n>",
    "of a picture; larger ones are left out (default: 100000000)",
  ).argParser(wholeNumber("--max-pixels", 1));
}

/** For a command that prepares pictures as a model's were. */
export function addCacheOption(command: Command): Command {
  return command.option("--no-cache", "decode pictures anew, and keep nothing of them");
}

/** Checks it and keeps it as it is written. @throws AnygradError INVALID_ARGUMENT */
function imageSize(text: string): string {
  if (/^[1-9]\d{0,3}([x×][1-9]\d{0,3})?$/i.test(text)) return text;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `--image-size is "${text}"; pass the side of a square, such as 32, or HEIGHTxWIDTH, such as 32x48`,
  );
}

/** The options as `readImages` takes them. */
export function imageOptions({
  imageSize: text,
  color,
  fit,
  maxPixels,
}: ImageCliOptions): ImageOptions & Pick<ImageCliOptions, "maxPixels"> {
  const [height, width = height] = (text ?? "").split(/[x×]/i).map(Number);
  return {
    ...(text !== undefined && { imageSize: [height!, width!] }),
    ...(color && { color }),
    ...(fit && { fit }),
    ...(maxPixels !== undefined && { maxPixels }),
  };
}

/** Those that a command was given for the runs that it starts. */
export function givenImageOptions(given: GivenOptions): ImageCliOptions {
  const { "image-size": size, color, fit, "no-cache": without, "max-pixels": most } = given;
  return {
    ...(without !== undefined && { cache: false }),
    ...(size !== undefined && { imageSize: size }),
    ...(color !== undefined && { color: choice("--color", colors)(color) }),
    ...(fit !== undefined && { fit: choice("--fit", fits)(fit) }),
    ...(most !== undefined && { maxPixels: wholeNumber("--max-pixels", 1)(most) }),
  };
}

/** The options that prepare pictures as a model's were. */
export function asPrepared(image: ImagePreparation | undefined): ImageCliOptions {
  return image ? { imageSize: `${image.height}x${image.width}`, color: image.color, fit: image.fit } : {};
}
