import { describe, expect, it } from "vitest";
import { pictureRows } from "../../../report/pictures/pictureText.ts";

describe("pictureRows", () => {
  const grey = {
    pixels: Uint8Array.of(0, 128, 255, 255, 0, 128, 0, 0),
    width: 2,
    height: 4,
    channels: 1 as const,
    caption: "seven",
  };
  const colored = {
    pixels: Uint8Array.of(255, 0, 0, 0, 0, 255, 9, 8, 7, 255, 255, 255),
    width: 2,
    height: 2,
    channels: 3 as const,
    caption: "",
  };

  it("draws two rows of pixels a line, in signs without colours", () => {
    expect(pictureRows([grey, grey], { width: 80 })).toBe("▒▓  ▒▓\n ░   ░\ns…  s…");
    expect(pictureRows([grey, grey], { width: 3 })).toBe("▒▓\n ░\ns…\n\n▒▓\n ░\ns…");
  });

  it("draws half blocks in the pixels' own greys with colours", () => {
    const [line] = pictureRows([grey], { colors: "all" }).split("\n");
    expect(line).toBe(
      "\x1b[38;2;0;0;0m\x1b[48;2;255;255;255m▀\x1b[38;2;128;128;128m\x1b[48;2;255;255;255m▀\x1b[0m",
    );
  });

  it("draws red, green and blue as they are, and their brightness in signs", () => {
    expect(pictureRows([colored], { colors: "all" })).toBe(
      "\x1b[38;2;255;0;0m\x1b[48;2;9;8;7m▀\x1b[38;2;0;0;255m\x1b[48;2;255;255;255m▀\x1b[0m\n",
    );
    expect(pictureRows([colored])).toBe("░▒\n");
  });
});
