/** Folders of pictures through the commands, by the program that was built. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { long } from "../../../long.ts";
import { catsAndDogs, jpeg, square, write } from "../../../node/images/pictures.ts";
import { anygrad, temporaryFolder } from "../../anygrad.ts";
import { served } from "../../served.ts";

const root = temporaryFolder();
const photos = join(root, "photos");
const out = join(root, "run");
const env = { XDG_CACHE_HOME: join(root, "cache") };
let trained: Awaited<ReturnType<typeof anygrad>>;

beforeAll(async () => {
  const birds = {
    "birds/1.jpg": jpeg("baseline"),
    "birds/2.jpg": jpeg("orientation/6"),
    "birds/3.JPG": jpeg("progressive"),
  };
  write(photos, { ...catsAndDogs(10), ...birds, "cats/phone.heic": "x" });
  const args = [
    "train",
    "--dataset",
    photos,
    "--image-size",
    "32",
    "--epochs",
    "8",
    "--batch-size",
    "8",
    "--out",
    out,
  ];
  trained = await anygrad(args, { env });
}, 60_000);

describe("train", () => {
  it("cnn-32-32 learns three classes of 32×32×3, and tells what it left out", () => {
    expect(trained.code, trained.stderr).toBe(0);
    expect(trained.stderr).toContain("images of 32×32×3, 3 classes");
    expect(trained.stderr).toMatch(
      /1 file is left out:\n {2}cats\/phone.heic {2}HEIC; convert it to PNG or JPEG/,
    );
    const run = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(run.dataset).toMatchObject({
      classNames: ["birds", "cats", "dogs"],
      test: [5, 32, 32, 3],
      preparation: { image: { height: 32, width: 32, fit: "cover", color: "rgb" } },
    });
    expect(run.command).toContain("--image-size 32");
    expect(run.test.accuracy).toBeGreaterThanOrEqual(0.8);
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain("birds");
  });

  it.each<readonly [string[], RegExp]>([
    [["--image-size", "0"], /--image-size is "0"; pass the side of a square, such as 32, or HEIGHTxWIDTH/],
    [["--image-size", "32x"], /--image-size is "32x"/],
    [["--fit", "crop"], /--fit "crop" is unknown/],
    [["--color", "grey"], /--color "grey" is unknown; did you mean gray\?/],
  ])("%j is refused", async (args, words) => {
    const { code, stderr } = await served(["train", "--dataset", photos, ...args]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
  });

  it.each([["--color", "rgb"], ["--no-cache"]])(
    "options of pictures are refused for other data: %s",
    async (...option) => {
      const { code, stderr } = await served(["train", "--dataset", "digits", ...option]);
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining(`${option[0]} is for folders of pictures, and digits is none`),
      ]);
    },
  );

  it("keeps decoded pictures in the cache folder, but not with --no-cache", async () => {
    const two = write(join(root, "two"), catsAndDogs(2));
    const cached = join(root, "other-cache");
    const info = (...more: string[]) =>
      anygrad(["data", "info", two, "--json", ...more], { env: { XDG_CACHE_HOME: cached } });
    const without = await info("--no-cache");
    expect([without.code, existsSync(cached)]).toEqual([0, false]);
    expect((await info()).stdout).toBe(without.stdout);
    expect(existsSync(cached)).toBe(true);
  });

  it("a folder validation is the validation set; gray, other proportions, a table of files", async () => {
    const files = Object.fromEntries(
      ["train", "test", "validation"].flatMap((part) =>
        Object.entries(catsAndDogs(2)).map(([name, bytes]) => [`${part}/${name}`, bytes]),
      ),
    );
    const sets = write(join(root, "sets"), files);
    const options = [
      "--image-size",
      "12x16",
      "--color",
      "gray",
      "--fit",
      "contain",
      "--epochs",
      "1",
      "--json",
    ];
    const ended = await anygrad(["train", "softmax", "--dataset", sets, ...options], { env });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toContain("4 to train, 4 to validate, 4 to test: 12×16×1, 2 classes");
    writeFileSync(
      join(photos, "labels.csv"),
      `file,label\n${Object.keys(catsAndDogs(4))
        .map((name) => `${name},${name.split("/")[0]}`)
        .join("\n")}\n`,
    );
    const table = await anygrad(["data", "info", join(photos, "labels.csv"), "--json"], { env });
    expect(JSON.parse(table.stdout)).toMatchObject({ train: [6, 9, 9, 3], test: [2, 9, 9, 3] });
  });
});

describe("a trained model", () => {
  it("names a new picture of any size and says what was done to it", async () => {
    const files = write(join(root, "new"), {
      "a.png": square(50, [210, 3, 0]),
      "b.jpg": jpeg("orientation/8"),
    });
    const ended = await served(["predict", out, join(files, "a.png"), join(files, "b.jpg")]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toMatch(/a[.]png +0 +cats +[\d.]+ % +50 wide, 50 high → 32 × 32\n/);
    expect(ended.stdout).toMatch(/b[.]jpg +0 +birds +[\d.]+ % +24 wide, 16 high → 32 × 32, cropped/);
    const { stdout } = await served(["predict", out, join(files, "a.png"), "--json"]);
    expect(JSON.parse(stdout).predictions[0]).toMatchObject({
      class: "cats",
      prepared: "50 wide, 50 high → 32 × 32",
    });
  });

  long("is evaluated and reported on the same test pictures", async () => {
    const before = readFileSync(join(out, "report.html"), "utf8");
    const evaluated = await served(["evaluate", out, "--json"]);
    expect(evaluated.code, evaluated.stderr).toBe(0);
    const { test } = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(JSON.parse(evaluated.stdout).test).toEqual(test);
    expect((await served(["report", out])).code).toBe(0);
    expect(readFileSync(join(out, "report.html"), "utf8")).toBe(before);
  });

  it("predicts the pictures of a folder, lists what it cannot read and goes on", async () => {
    const fresh = join(root, "fresh");
    const { "cats/0.png": cat } = catsAndDogs(1) as Record<string, Uint8Array>;
    write(fresh, {
      "a.jpg": jpeg("baseline"),
      "b.png": "no picture",
      "c/d.png": cat ?? jpeg("baseline"),
      "notes.txt": "x",
    });
    const { code, stdout, stderr } = await served(["predict", out, fresh, "--json"]);
    expect(code).toBe(2);
    const { predictions, failed } = JSON.parse(stdout) as Record<string, { file: string }[]>;
    expect(predictions!.map(({ file }) => file)).toEqual([join(fresh, "a.jpg"), join(fresh, "c/d.png")]);
    expect(failed!.map(({ file }) => file)).toEqual([join(fresh, "b.png")]);
    expect(stderr).toContain("notes.txt  no picture (.txt)");
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(
      /^anygrad: 1 of 3 files could not be read: .*b\.png \(/,
    );
  });

  it("says which comes first where model and picture are swapped", async () => {
    const picture = join(photos, "birds/1.jpg");
    const swapped = await served(["predict", picture, out]);
    expect(swapped).toMatchObject({ code: 2, stdout: "" });
    expect(swapped.stderr).toContain(
      `is a picture, and the model comes first; write anygrad predict ${out} ${picture}`,
    );
    const without = await served(["predict", picture, picture]);
    expect(without.stderr).toContain("is a picture and no model; name a .safetensors file or the folder");
  });

  it("is evaluated on all pictures of another folder; what is left out is told though it is quiet", async () => {
    const other = join(root, "other");
    write(other, { ...catsAndDogs(4), "birds/1.jpg": jpeg("baseline"), "cats/phone.heic": "x" });
    const args = ["evaluate", out, "--dataset", other];
    const { stdout, stderr } = await served([...args, "--quiet"]);
    expect(stdout).toMatch(/ on 9 images of /);
    expect(stderr).toMatch(/1 file is left out:\n {2}cats\/phone.heic/);
  });

  it("is evaluated on pictures of one class; of others and of none it says what to do", async () => {
    const one = write(join(root, "one"), {
      "cats/1.jpg": jpeg("baseline"),
      "cats/2.jpg": jpeg("progressive"),
    });
    const { code, stdout, stderr } = await served(["evaluate", out, "--dataset", one, "--json"]);
    expect(code, stderr).toBe(0);
    const { examples, matrix } = JSON.parse(stdout) as { examples: number; matrix: number[][] };
    expect(examples).toBe(2);
    expect(matrix.map((row) => row.reduce((a, b) => a + b, 0))).toEqual([0, 2, 0]); // birds, cats, dogs
    const strange = write(join(root, "strange"), { "cows/1.jpg": jpeg("baseline") });
    const refused = await served(["evaluate", out, "--dataset", strange]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('the model does not know its class "cows"; it knows birds, cats, dogs');
    const loose = write(join(root, "loose"), { "1.jpg": jpeg("baseline") });
    const unlabelled = await served(["evaluate", out, "--dataset", loose]);
    expect(unlabelled.code).toBe(2);
    expect(unlabelled.stderr).toContain("without classes they can be predicted, not evaluated");
  });

  it("is summarised, as is a network for the pictures of a folder", async () => {
    const { stdout, stderr } = await served([
      ...["summary", "softmax", "--dataset", photos, "--image-size", "8"],
    ]);
    expect(stdout).toMatch(/dense \(Dense\) +│ \(None, 3\) +│ +579 /); // 8 · 8 · 3 · 3 weights and 3 biases
    expect(stderr).not.toContain("28×28×1");
    expect((await served(["summary", "softmax"])).stderr).toMatch(/^for examples of 28×28×1 in 10 classes; /);
  });

  it("refuses a picture that is none, in one line", async () => {
    const files = write(join(root, "wrong"), {
      "a.png": square(9, [1, 2, 3]).slice(0, 70),
      "b.webp": "RIFF....WEBPVP8 ....",
    });
    for (const [name, words] of [
      ["a.png", "a.png: a damaged PNG"],
      ["b.webp", "b.webp: WebP; convert it to PNG or JPEG"],
    ] as const) {
      const { code, stderr } = await served(["predict", out, join(files, name)]);
      expect([code, stderr.trim().split("\n").length, stderr]).toEqual([
        2,
        1,
        expect.stringContaining(words),
      ]);
    }
  });
});
