/** `anygrad data preview`: what it prints, what it writes, and how it finds out what the terminal can show. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "fast-png";
import { afterEach, describe, expect, it, vi } from "vitest";
import { pictureMode } from "../../../../cli/terminal/pictureMode.ts";
import { createTerminal } from "../../../../cli/terminal/terminal.ts";
import { ansi, plain } from "../../../../report/text/style.ts";
import { temporaryFolder } from "../../anygrad.ts";
import { flowers, idxFolder } from "../../ownData.ts";
import { served } from "../../served.ts";

const folder = temporaryFolder();

const colored = idxFolder(folder, "colored", [12, 10, 3], [0, 1, 1, 0, 1]);
const table = flowers(folder);

const widest = (text: string): number =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences take no room
  Math.max(...text.split("\n").map((line) => Array.from(line.replace(/\x1b\[[\d;]*m/g, "")).length));

describe.concurrent("data preview", () => {
  it("prints balance, spread and histogram after the pictures, within 80 columns", async () => {
    const { code, stdout, stderr } = await served(["data", "preview"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^ +7 +1,000 +10\.0 % +200 +10\.0 % +━{20}$/m);
    expect(stdout).toMatch(/^ +train +22\.52 +53\.77 +0 +255$/m);
    expect(stdout).toMatch(/^ +0 +255$/m);
    expect(widest(stdout)).toBeLessThanOrEqual(80);
  });

  it("shows as many samples as fit where blocks are asked for", async () => {
    const { stdout } = await served(["data", "preview", colored, "--picture", "blocks", "--samples", "2"]);
    expect(stdout).toContain("\x1b[38;2;0;37;74m"); // the first pixel of the first picture
    expect(stdout.split("\n").filter((line) => line.includes("▀"))).toHaveLength(2 * 6);
    expect(stdout).toMatch(/^ +red +\d/m);
    const digits = await served(["data", "preview", "--picture", "blocks"]);
    expect(widest(digits.stdout)).toBeLessThanOrEqual(80);
    expect(digits.stdout.split("\n").filter((line) => line.includes("▀"))).toHaveLength(10 * 7);
  });

  it("shows figures alone where there are no pictures, or none are wanted", async () => {
    const { code, stdout } = await served(["data", "preview", table]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ +feature 4 +4 +0 +4 +4$/m);
    const none = await served(["data", "preview", colored, "--picture", "none"]);
    expect(none.stdout).not.toMatch(/[░▒▓▀]/);
    expect(none.stdout).toContain("Class balance");
  });

  it("--json prints the figures as one object", async () => {
    const { stdout } = await served(["data", "preview", colored, "--json"]);
    const { values, ...facts } = JSON.parse(stdout);
    expect(facts).toEqual({
      name: colored,
      where: colored,
      train: [5, 12, 10, 3],
      test: [5, 12, 10, 3],
      classes: [
        { name: "0", train: 2, test: 2 },
        { name: "1", train: 3, test: 3 },
      ],
      out: null,
    });
    expect(values.train).toEqual(values.test);
    expect(values.train.columns).toHaveLength(3);
    expect(values.train.histogram.counts.reduce((sum: number, count: number) => sum + count)).toBe(1800);
  });
});

describe.concurrent("data preview --out", () => {
  it("writes a PNG, with text though no font is installed", async () => {
    const file = join(folder, "sub", "one.png");
    const { code, stderr } = await served(["data", "preview", colored, "--out", file]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `written to ${file}\n` });
    const { data, channels, width, height } = decode(readFileSync(file));
    expect(width).toBeGreaterThan(1400);
    expect(height).toBeGreaterThan(600);
    // the heading, between the margin and the rows, is drawn in dark ink
    const heading = data.subarray(0, 90 * width * channels);
    expect(heading.filter((value) => value < 60).length).toBeGreaterThan(500);
  });

  it("writes SVG with text and pictures in it", async () => {
    const file = join(folder, "sheet.svg");
    await served(["data", "preview", colored, "--out", file, "--samples", "1", "--json"]);
    const svg = readFileSync(file, "utf8");
    expect(svg).toMatch(/^<svg xmlns=/);
    expect(svg).toContain("<title>");
    expect(svg.match(/href="data:image\/png;base64,/g)).toHaveLength(4); // a sample and a mean of two classes
    expect(svg).not.toContain("var(--");
  });

  it.each([
    ["another kind of file", join(folder, "sheet.jpg"), /is neither a \.png nor a \.svg file; name one/],
    ["a place below a device", "/dev/null/x.png", /cannot be written \(ENOTDIR: /],
  ])("refuses %s", async (_, out, wanted) => {
    const { code, stdout, stderr } = await served(["data", "preview", "--out", out]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(wanted);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("leaves nothing behind when the set cannot be read", async () => {
    const out = join(folder, "never", "sheet.png");
    expect((await served(["data", "preview", "./nosuch", "--out", out])).code).toBe(2);
    expect(existsSync(join(folder, "never"))).toBe(false);
  });
});

describe("the terminal", () => {
  afterEach(() => vi.unstubAllEnvs());
  const known = [
    "TERM",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "KITTY_WINDOW_ID",
    "TMUX",
    "STY",
    "WEZTERM_PANE",
  ];

  const modeIn = (environment: Record<string, string>, style = ansi): string => {
    for (const name of known) vi.stubEnv(name, undefined);
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const { isTTY } = process.stdout;
    try {
      process.stdout.isTTY = true;
      return pictureMode({ ...createTerminal(), resultStyle: style });
    } finally {
      process.stdout.isTTY = isTTY;
    }
  };

  it.each([
    ["kitty", { TERM: "xterm-kitty" }, "kitty"],
    ["Ghostty", { TERM: "xterm-ghostty" }, "kitty"],
    ["iTerm2", { TERM_PROGRAM: "iTerm.app", TERM_PROGRAM_VERSION: "3.4.0" }, "iterm"],
    ["mintty", { TERM_PROGRAM: "mintty" }, "iterm"],
    ["foot", { TERM: "foot" }, "sixel"],
    ["mlterm", { TERM: "mlterm" }, "sixel"],
    ["xterm", { TERM: "xterm-256color" }, "blocks"],
    ["tmux within kitty", { TERM: "tmux-256color", TMUX: "/tmp/x", KITTY_WINDOW_ID: "1" }, "blocks"],
    ["screen within kitty", { TERM: "screen", KITTY_WINDOW_ID: "1" }, "blocks"],
  ])("%s is known", (_, environment, wanted) => {
    expect(modeIn(environment)).toBe(wanted);
  });

  it("that wants no colours, or is none, gets characters", () => {
    expect(modeIn({ TERM: "xterm-kitty" }, plain)).toBe("characters");
  });
});
