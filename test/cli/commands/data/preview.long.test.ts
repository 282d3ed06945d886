/** `anygrad data preview`: sheets under the set's name, other samples with another seed, and pictures sent to terminals. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import { anygrad, temporaryFolder } from "../../anygrad.ts";
import { flowers, idxFolder } from "../../ownData.ts";

const folder = temporaryFolder();
const manyClasses = idxFolder(
  folder,
  "many",
  [8, 8],
  Array.from({ length: 52 }, (_, i) => i % 26),
);
const colored = idxFolder(folder, "colored", [12, 10, 3], [0, 1, 1, 0, 1]);
const table = flowers(folder);
const heightOf = (path: string): number => decode(readFileSync(path)).height;

describe.concurrent("data preview --out", () => {
  it("writes into a folder under the set's name, there or not yet", async () => {
    const out = join(folder, "sheets");
    await anygrad(["data", "preview", table, "--out", out]);
    await anygrad(["data", "preview", manyClasses, "--out", out]);
    expect(readdirSync(out).sort()).toEqual(["flowers.png", "many.png"]);
    expect(heightOf(join(out, "many.png"))).toBeGreaterThan(heightOf(join(out, "flowers.png")));
  });

  it("draws other samples with a seed, the same with the same", async () => {
    const drawn = async (name: string, ...options: string[]): Promise<Buffer> => {
      const file = join(folder, `${name}.svg`);
      await anygrad(["data", "preview", manyClasses, "--samples", "1", "--out", file, ...options]);
      return readFileSync(file);
    };
    const [first, again] = [await drawn("first", "--seed", "3"), await drawn("again", "--seed", "3")];
    expect(first.equals(again)).toBe(true);
    expect(first.equals(await drawn("other", "--seed", "4"))).toBe(false);
  });
});

describe.concurrent("data preview", () => {
  it.each([
    ["kitty", /^␛_Ga=T,f=100,q=2,c=80,m=1;/],
    ["iterm", /^␛]1337;File=inline=1;size=\d+;width=80;/],
    ["sixel", /^␛P0;1q"1;1;720;\d+#/],
  ])("sends the sheet to the terminal as %s", async (protocol, wanted) => {
    const { code, stdout, stderr } = await anygrad(["data", "preview", colored, "--picture", protocol]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.replaceAll("\x1b", "␛")).toMatch(wanted);
  });
});
