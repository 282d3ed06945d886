/**
 * An augmentation in one line, such as "shift=2,rotation=10,flip,elastic=34:4": as `anygrad train --augment` takes it
 * (cli/options/augment.ts reads it) and recipes are described.
 */
import { type AugmentationOptions, augmentationNames } from "./options.ts";

const written: Partial<Record<keyof AugmentationOptions, string>> = {
  fillValue: "fill",
  valueRange: "range",
};

/** An option's name in the line. */
export function augmentWord(option: keyof AugmentationOptions): string {
  return written[option] ?? option;
}

/** The line; two numbers of one kind have a colon between them. */
export function augmentText(options: AugmentationOptions): string {
  return augmentationNames
    .filter((option) => options[option] !== undefined)
    .map((option) => {
      const value = options[option]!;
      if (value === "horizontal") return augmentWord(option);
      return `${augmentWord(option)}=${typeof value === "object" ? Object.values(value).join(":") : value}`;
    })
    .join(",");
}
