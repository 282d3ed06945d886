/** What the pictures show. */
export const classes: readonly string[];

/** A picture of a class, RGB bytes. */
export function picture(
  kind: string,
  seed: number,
): { readonly width: number; readonly height: number; readonly data: Uint8Array; readonly channels: 3 };

/** Folders of so many pictures a class. Default 60. */
export function writePhotos(folder: string, each?: number): void;
