/**
 * Pictures within a terminal's text, in the three protocols that terminals know; each gives what to write.
 *
 * - kitty's graphics protocol (kitty, Ghostty, WezTerm, Konsole …): the PNG in pieces of at most 4096 characters;
 * - iTerm2's inline images (iTerm2, VS Code, mintty …): the PNG at once;
 * - sixel (xterm, foot, mlterm …): pixels in 249 colours.
 */
import { decode } from "fast-png";
import { base64 } from "./base64.ts";
import { sixels } from "./sixel.ts";

/** @param columns how wide it is shown, in characters */
export function kittyPicture(png: Uint8Array, columns: number): string {
  const data = base64(png);
  const pieces = data.match(/.{1,4096}/g) ?? [];
  return pieces
    .map((piece, i) => {
      // a=T: show at once; f=100: PNG; q=2: no answer, which the shell would take for typing; m=1: more follows
      const head = i === 0 ? `a=T,f=100,q=2,c=${columns},` : "";
      return `\x1b_G${head}m=${i === pieces.length - 1 ? 0 : 1};${piece}\x1b\\`;
    })
    .join("");
}

/** @param columns how wide it is shown, in characters */
export function itermPicture(png: Uint8Array, columns: number): string {
  const settings = `inline=1;size=${png.length};width=${columns};preserveAspectRatio=1`;
  return `\x1b]1337;File=${settings}:${base64(png)}\x07`;
}

/** The picture as sixels, which are shown pixel by pixel: scale it before to the width it should have. */
export function sixelPicture(png: Uint8Array): string {
  const { data, width, height, channels } = decode(png);
  const pixels = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++)
    for (let channel = 0; channel < 3; channel++)
      pixels[3 * i + channel] = data[i * channels + (channels < 3 ? 0 : channel)]!;
  return sixels({ pixels, width, height, channels: 3 });
}
