/** Folders of pictures as data sets: what is read, what is told of the rest, what a second reading takes from the cache. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readImage, readImages } from "../../../node/index.ts";
import { failure } from "../../data/failure.ts";
import { catsAndDogs, jpeg, square, write } from "./pictures.ts";

const root = mkdtempSync(join(tmpdir(), "anygrad-pictures-"));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
const folder = (files: Readonly<Record<string, Uint8Array | string>>): string =>
  write(join(root, String(count++)), files);

const options = { imageSize: 4, cache: false } as const;

describe("a folder a class", () => {
  it("is four fifths to train and a fifth to test, of each class alike", async () => {
    const { train, test, unreadable, validation } = await readImages(folder(catsAndDogs(10)), options);
    expect([train.shape, test.shape]).toEqual([
      [16, 4, 4, 3],
      [4, 4, 4, 3],
    ]);
    expect(train.classNames).toEqual(["cats", "dogs"]);
    expect([
      train.y.filter((label) => label === 0).length,
      test.y.filter((label) => label === 0).length,
    ]).toEqual([8, 2]);
    expect(train.y.slice(0, 4)).toEqual(Int32Array.from([0, 1, 0, 1])); // in turn
    expect(train.normalization).toEqual({ scale: 1 / 255, shift: 0 });
    expect(train.preparation).toEqual({ image: { height: 4, width: 4, fit: "cover", color: "rgb" } });
    expect(unreadable).toEqual([]);
    expect(validation).toBeUndefined();
    // no picture in both, and each with its label
    const colors = (x: typeof train.x): string[] =>
      Array.from({ length: x.length / 48 }, (_, i) => String(Array.from(x.subarray(48 * i, 48 * i + 3))));
    const [seen, heldOut] = [colors(train.x), colors(test.x)];
    expect(new Set([...seen, ...heldOut]).size).toBe(20);
    seen.forEach((color, i) => {
      expect(color.startsWith("2")).toBe(train.y[i] === 0);
    });
  });

  it("is one set with testSplit 0, and other pictures are held out by another seed", async () => {
    const path = folder(catsAndDogs(5));
    const whole = await readImages(path, { ...options, testSplit: 0 });
    expect([whole.shape, whole.unreadable]).toEqual([[10, 4, 4, 3], []]);
    const [a, b, again] = await Promise.all([0, 1, 0].map((seed) => readImages(path, { ...options, seed })));
    expect(b!.test.x).not.toEqual(a!.test.x);
    expect(again!.test.x).toEqual(a!.test.x);
  });

  it("reads only so many of each set, of all classes", async () => {
    const { train, test } = await readImages(folder(catsAndDogs(10)), { ...options, limit: 4 });
    expect([Array.from(train.y), test.shape[0]]).toEqual([[0, 1, 0, 1], 4]);
  });

  it("with folders inside, other signs, hidden files and links", async () => {
    const path = folder({
      "10/a/b/1.png": square(5, [1, 2, 3]),
      "10/2.PNG": square(5, [4, 5, 6]),
      "9/ünïcode ñ.png": square(5, [7, 8, 9]),
      "9/.hidden.png": "no picture",
      "9/Thumbs.db": "no picture",
      ".DS_Store": "no picture",
    });
    symlinkSync(join(path, "10/2.PNG"), join(path, "9/link.png"));
    symlinkSync(path, join(path, "9/back")); // a circle
    const set = await readImages(path, { ...options, testSplit: 0 });
    expect(set.classNames).toEqual(["9", "10"]);
    expect(set.unreadable).toEqual([]);
    expect(set.y.filter((label) => label === 1).length).toBe(2);
  });

  it("lists what it leaves out, and why", async () => {
    const told: string[] = [];
    const path = folder({
      ...catsAndDogs(3),
      "cats/damaged.png": square(9, [1, 2, 3]).slice(0, 60),
      "cats/phone.HEIC": "x",
      "dogs/moving.gif": "x",
      "dogs/notes.txt": "x",
      "dogs/really-a.webp.jpg": new TextEncoder().encode("RIFF....WEBPVP8 ...."),
      "dogs/empty.jpg": "",
      "README.md": "x",
      "loose.png": square(3, [1, 2, 3]),
    });
    mkdirSync(join(path, "birds"));
    const { train, unreadable } = await readImages(path, {
      ...options,
      onUnreadable: ({ file }) => void told.push(file),
    });
    expect(train.classNames).toEqual(["cats", "dogs"]);
    const reasons = Object.fromEntries(unreadable.map(({ file, reason }) => [file, reason]));
    expect(reasons).toEqual({
      "README.md": "no picture (.md)",
      "loose.png": expect.stringContaining("beside the folders"),
      birds: expect.stringContaining("no class"),
      "cats/damaged.png": expect.stringContaining("a damaged PNG"),
      "cats/phone.HEIC": "HEIC; convert it to PNG or JPEG",
      "dogs/moving.gif": "GIF; convert it to PNG or JPEG",
      "dogs/notes.txt": "no picture (.txt)",
      "dogs/really-a.webp.jpg": "WebP; convert it to PNG or JPEG",
      "dogs/empty.jpg": "an empty file",
    });
    expect(told.sort()).toEqual(Object.keys(reasons).sort());
  });
});

describe("folders of sets", () => {
  const within = (part: string, n: number): Record<string, Uint8Array> =>
    Object.fromEntries(Object.entries(catsAndDogs(n)).map(([name, bytes]) => [`${part}/${name}`, bytes]));

  it("train, test and validation", async () => {
    const path = folder({ ...within("train", 4), ...within("test", 2), ...within("val", 1) });
    const { train, test, validation } = await readImages(path, options);
    expect([train, test, validation].map((set) => set?.shape[0])).toEqual([8, 4, 2]);
  });

  it("without a test folder a fifth of train is held out", async () => {
    const path = folder({ ...within("train", 5), ...within("validation", 1) });
    const { train, test, validation } = await readImages(path, options);
    expect([train, test, validation].map((set) => set?.shape[0])).toEqual([8, 2, 2]);
  });

  it("train beside other names is a class", async () => {
    const path = folder({ "train/1.png": square(4, [1, 2, 3]), "bus/1.png": square(4, [3, 2, 1]) });
    expect((await readImages(path, { ...options, testSplit: 0 })).classNames).toEqual(["bus", "train"]);
  });
});

describe("a table of files and labels", () => {
  it("with quotes, semicolons, a byte order mark and other columns", async () => {
    const path = folder({ ...catsAndDogs(2), "a;b.png": square(4, [9, 9, 9]) });
    const text =
      '\ufeffid;Filename;Class\r\n1;cats/0.png;cat\r\n2;"a;b.png";dog\r\n3;dogs/0.png;"a ""dog"""\r\n\r\n4;gone.png;cat\r\n';
    writeFileSync(join(path, "labels.csv"), text);
    const set = await readImages(join(path, "labels.csv"), { ...options, testSplit: 0 });
    expect(set.classNames).toEqual(['a "dog"', "cat", "dog"]);
    expect(set.shape[0]).toBe(3);
    expect(set.unreadable).toEqual([{ file: "gone.png", reason: "no such file" }]);
  });

  it("with a column of sets", async () => {
    const path = folder(catsAndDogs(2));
    const rows = [
      "cats/0.png,cat,train",
      "dogs/0.png,dog,train",
      "cats/1.png,cat,test",
      "dogs/1.png,dog,val",
    ];
    writeFileSync(join(path, "labels.csv"), `image,label,split\n${rows.join("\n")}\n`);
    const { train, test, validation } = await readImages(join(path, "labels.csv"), options);
    expect([train, test, validation].map((set) => set?.shape[0])).toEqual([2, 1, 1]);
  });
});

describe("the cache", () => {
  it("gives the same, decodes only what has changed, and does no harm", async () => {
    const path = folder(catsAndDogs(4));
    const cache = join(root, "cache");
    const decoded = async (more = {}): Promise<[number, Uint8Array | Float32Array]> => {
      let done = 0;
      const { train } = await readImages(path, { imageSize: 4, cache, ...more, onProgress: () => done++ });
      return [done, train.x];
    };
    const [first, x] = await decoded();
    expect(first).toBe(8);
    expect(await decoded()).toEqual([0, x]);
    expect(await decoded({ cache: false })).toEqual([8, x]);
    writeFileSync(join(path, "cats/0.png"), square(30, [1, 1, 1]));
    expect((await decoded())[0]).toBe(1);
    expect((await decoded({ color: "rgb", imageSize: [4, 4] }))[0]).toBe(0); // another way to say the same
    expect((await decoded({ imageSize: 5 }))[0]).toBe(8);
    expect((await decoded({ fit: "stretch" }))[0]).toBe(8);
    for (const name of readdirSync(cache)) writeFileSync(join(cache, name), "damaged");
    expect((await decoded())[0]).toBe(8);
    writeFileSync(join(root, "file"), "");
    expect((await decoded({ cache: join(root, "file") }))[0]).toBe(8); // cannot be written
  });
});

describe("refusals", () => {
  it.each<readonly [string, () => string, object, string, string]>([
    ["no folder", () => "nowhere", {}, "DATA_MISSING", "is not there"],
    ["no pictures", () => folder({ "cats/a.txt": "x" }), {}, "DATA_MISSING", "no PNG or JPEG files"],
    [
      "pictures in no class",
      () => folder({ "a.png": square(3, [1, 2, 3]) }),
      {},
      "DATA_MISSING",
      "lie in no folder of a class",
    ],
    [
      "one class",
      () => folder({ "cats/a.png": square(3, [1, 2, 3]) }),
      {},
      "DATA_FORMAT",
      'one class alone, "cats"',
    ],
    [
      "one picture a class",
      () => folder({ "cats/a.png": square(3, [1, 2, 3]), "dogs/a.png": square(3, [1, 2, 3]) }),
      {},
      "DATA_FORMAT",
      "one picture of each class alone",
    ],
    [
      "nothing that can be read",
      () => folder({ "cats/a.png": "x", "cats/b.png": "x", "dogs/a.png": "x" }),
      {},
      "DATA_FORMAT",
      "none of its pictures can be read; cats/a.png: neither PNG nor JPEG",
    ],
    [
      "a class to test that is not trained",
      () => folder({ "train/a/1.png": "", "train/b/1.png": "", "test/c/1.png": "" }),
      {},
      "DATA_FORMAT",
      'of class "c"',
    ],
    [
      "sets beside classes",
      () => folder({ "train/a/1.png": "", "test/a/1.png": "", "more/a/1.png": "" }),
      {},
      "DATA_FORMAT",
      "beside a folder train",
    ],
    [
      "a table without labels",
      () => join(folder({ "a.csv": "file,size\nx.png,3\n" }), "a.csv"),
      {},
      "DATA_FORMAT",
      "file, size",
    ],
    [
      "a table with gaps",
      () => join(folder({ "a.csv": "file,label\nx.png,\n" }), "a.csv"),
      {},
      "DATA_FORMAT",
      "row 2 has no label",
    ],
    ["a size of 0", () => "photos", { imageSize: 0 }, "INVALID_ARGUMENT", "imageSize is 0"],
    ["three sides", () => "photos", { imageSize: [1, 2, 3] }, "INVALID_ARGUMENT", "[height, width]"],
    [
      "another fit",
      () => "photos",
      { fit: "crop" },
      "INVALID_ARGUMENT",
      'fit: "crop" is unknown. There are cover, contain, stretch',
    ],
    [
      "another color",
      () => "photos",
      { color: "grey" },
      "INVALID_ARGUMENT",
      "did you mean gray? There are gray, rgb",
    ],
    ["a share of 1", () => "photos", { testSplit: 1 }, "INVALID_ARGUMENT", "testSplit is 1"],
  ])("%s", async (_, path, given, code, words) => {
    const wrong = { ...options, ...given } as never;
    expect(await failure(() => readImages(path(), wrong), code)).toContain(words);
  });

  it("aborts", async () => {
    const controller = new AbortController();
    const reading = readImages(folder(catsAndDogs(10)), {
      ...options,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await failure(() => reading, "ABORTED");
  });
});

describe("one picture", () => {
  it("is read upright at its full size", async () => {
    const path = folder({ "a.jpg": jpeg("orientation/6") });
    const { width, height, data } = await readImage(join(path, "a.jpg"));
    expect([width, height, data.length]).toEqual([24, 16, 4 * 24 * 16]);
  });

  it("that is not there or damaged is named", async () => {
    expect(await failure(() => readImage("nowhere.png"), "DATA_MISSING")).toContain(
      "nowhere.png: no such file",
    );
    const path = join(folder({ "a.png": "text" }), "a.png");
    expect(await failure(() => readImage(path), "DATA_FORMAT")).toContain("a.png: neither PNG nor JPEG");
  });
});

describe("threads", () => {
  it("give the bytes that one thread gives", async () => {
    const path = folder({
      ...catsAndDogs(30),
      "cats/x.jpg": jpeg("subsampled"),
      "dogs/y.png": square(9, [1, 2, 3]).slice(0, 60),
    });
    const many = await readImages(path, { imageSize: 6, cache: false, testSplit: 0 });
    const few = await readImages(path, { imageSize: 6, cache: false, testSplit: 0, limit: 14 }); // too few for threads
    expect(many.shape[0]).toBe(61);
    expect(many.unreadable).toEqual([{ file: "dogs/y.png", reason: expect.stringContaining("damaged PNG") }]);
    expect(few.x).toEqual(many.x.subarray(0, few.x.length));
  });
});

describe("pictures that are too large", () => {
  it("are refused by their headers, and read where more pixels are allowed", async () => {
    const path = join(folder({ "a.png": square(8, [9, 8, 7]) }), "a.png");
    expect((await readImage(path)).width).toBe(8);
    expect(await failure(() => readImage(path, { maxPixels: 63 }), "MEMORY_LIMIT")).toMatch(
      /a[.]png: 8 × 8 pixels, more than 0[.]000063 million; make it smaller, or raise maxPixels/,
    );
    expect((await readImage(path, { maxPixels: 64 })).height).toBe(8);
    expect(await failure(() => readImage(path, { maxPixels: 0 }), "INVALID_ARGUMENT")).toContain("maxPixels");
  });

  it("are left out of a folder, whose size they claim alone", async () => {
    const bomb = Buffer.from(square(8, [9, 8, 7]));
    bomb.writeUInt32BE(30_000, 16); // the header's width
    bomb.writeUInt32BE(30_000, 20);
    const path = folder({ ...catsAndDogs(4), "cats/bomb.png": bomb });
    for (const given of [options, { cache: false }]) {
      const { unreadable } = await readImages(path, given);
      expect(unreadable).toEqual([
        {
          file: "cats/bomb.png",
          reason: expect.stringMatching(/^30000 × 30000 pixels, more than 100 million/),
        },
      ]);
    }
    expect(
      (await readImages(path, { ...options, maxPixels: 15, testSplit: 0 }).catch((error) => error)).code,
    ).toBe("DATA_FORMAT");
  });
});
