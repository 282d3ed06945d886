/**
 * Small grey pictures in characters: two rows of pixels a line, by half blocks.
 *
 * With colours (24-bit ANSI) each pixel is a square of its own grey; without them its brightness picks a sign from
 * " ░▒▓█", one sign for two rows, which keeps proportions right as characters are twice as high as wide.
 */

export interface Picture {
  /** 0 to 255, row-major `[height, width]`. */
  readonly pixels: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  readonly caption: string;
}

export interface PictureOptions {
  /** 24-bit ANSI colours. Default false. */
  readonly colors?: boolean;
  /** Characters of a line. Default 80. */
  readonly width?: number;
}

const signs = " ░▒▓█";
const GAP = 2; // blanks between pictures

/** Pictures of one size in rows, as many in a row as fit, a caption under each; without the last line break. */
export function pictureRows(pictures: readonly Picture[], options: PictureOptions = {}): string {
  const { width = 80, colors = false } = options;
  const across = Math.max(1, Math.floor((width + GAP) / ((pictures[0]?.width ?? 1) + GAP)));
  const blocks: string[] = [];
  for (let i = 0; i < pictures.length; i += across) {
    const row = pictures.slice(i, i + across);
    const drawn = row.map((picture) => pictureLines(picture, colors));
    const lines = drawn[0]!.map((_, line) =>
      drawn.map((picture) => picture[line] ?? "").join(" ".repeat(GAP)),
    );
    const captions = row.map(({ caption, width: wide }) => caption.slice(0, wide).padEnd(wide));
    blocks.push([...lines, captions.join(" ".repeat(GAP))].map((line) => line.trimEnd()).join("\n"));
  }
  return blocks.join("\n\n");
}

function pictureLines({ pixels, width, height }: Picture, colors: boolean): string[] {
  const at = (row: number, column: number): number =>
    row < height ? (pixels[row * width + column] ?? 0) : 0;
  return Array.from({ length: Math.ceil(height / 2) }, (_, line) => {
    let text = "";
    for (let column = 0; column < width; column++) {
      const [upper, lower] = [at(2 * line, column), at(2 * line + 1, column)];
      text += colors ? halfBlock(upper, lower) : signs[Math.round(((upper + lower) / 510) * 4)];
    }
    return colors ? `${text}\x1b[0m` : text;
  });
}

function halfBlock(upper: number, lower: number): string {
  return `\x1b[38;2;${upper};${upper};${upper}m\x1b[48;2;${lower};${lower};${lower}m▀`;
}
