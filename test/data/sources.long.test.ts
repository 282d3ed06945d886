import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TrainTest } from "../../src/data/dataset.ts";
import { datasets } from "../../src/data/datasets.ts";
import type { DownloadProgress } from "../../src/data/named/download.ts";
import {
  type DataHost,
  downloadNamedSet,
  fashionMnist,
  loadFolder,
  loadNamedSet,
  mnist,
  type NamedSet,
  namedSets,
} from "../../src/data/sources.ts";
import { cachedHost } from "./cachedHost.ts";
import { failure } from "./failure.ts";
import { writeIdx } from "./write-idx.ts";

// A small set: 12 training and 6 test images of 4 × 4.
const noise = (n: number): Uint8Array => Uint8Array.from({ length: n }, (_, i) => (i * 7919) >> 3);
const labels = (n: number): Uint8Array => Uint8Array.from({ length: n }, (_, i) => i % 3);
const raw = {
  "train-images-idx3-ubyte": writeIdx("u8", [12, 4, 4], noise(12 * 16)),
  "train-labels-idx1-ubyte": writeIdx("u8", [12], labels(12)),
  "t10k-images-idx3-ubyte": writeIdx("u8", [6, 4, 4], noise(6 * 16)),
  "t10k-labels-idx1-ubyte": writeIdx("u8", [6], labels(6)),
};
type Stem = keyof typeof raw;
const stems = Object.keys(raw) as Stem[];
const zipped = (stem: Stem): Uint8Array => gzipSync(raw[stem]);

function expectWholeSet({ train, test }: TrainTest): void {
  expect(train.shape).toEqual([12, 4, 4, 1]);
  expect(test.shape).toEqual([6, 4, 4, 1]);
  expect(train.x).toEqual(noise(12 * 16));
  expect(test.y).toEqual(labels(6));
}

type Fault =
  | "truncate"
  | "corrupt"
  | "stall"
  | "silence"
  | "missing"
  | "overlong"
  | "empty"
  | "hang up"
  | "drip";
let server: Server;
let set: NamedSet;
let faults: Partial<Record<Stem, Fault>>;
let requests: string[];
let folder: string;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const stem = request.url!.slice(1).replace(/[.]gz$/, "") as Stem;
  requests.push(stem);
  const fault = faults[stem];
  const bytes = zipped(stem);
  const half = bytes.subarray(0, bytes.length >> 1);
  if (fault === "missing") response.writeHead(404).end("not here");
  else if (fault === "truncate") response.end(half);
  else if (fault === "corrupt")
    response.end(bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 1 : byte)));
  else if (fault === "overlong") response.end(Buffer.concat([bytes, half]));
  else if (fault === "empty") response.end();
  else if (fault === "stall") response.writeHead(200, { "content-length": bytes.length }).write(half);
  else if (fault === "hang up") {
    response.writeHead(200, { "content-length": bytes.length }).write(half, () => response.destroy());
  } else if (fault === "drip") {
    const drip = setInterval(() => response.write("x"), 5);
    response.on("close", () => clearInterval(drip));
  } else if (fault !== "silence") response.end(bytes);
}

beforeAll(async () => {
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const file = (stem: Stem): NamedSet["files"]["trainImages"] => ({
    name: `${stem}.gz`,
    bytes: zipped(stem).length,
    sha256: createHash("sha256").update(zipped(stem)).digest("hex"),
  });
  set = {
    name: "small",
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    classNames: ["a", "b", "c"],
    files: {
      trainImages: file("train-images-idx3-ubyte"),
      trainLabels: file("train-labels-idx1-ubyte"),
      testImages: file("t10k-images-idx3-ubyte"),
      testLabels: file("t10k-labels-idx1-ubyte"),
    },
  };
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(async () => {
  faults = {};
  requests = [];
  folder = await mkdtemp(join(tmpdir(), "anygrad-data-"));
  return () => rm(folder, { recursive: true });
});

const host = (changes?: Partial<DataHost>): DataHost => cachedHost(folder, changes);

async function fill(
  place: string,
  name: (stem: Stem) => string,
  bytes: (stem: Stem) => Uint8Array,
): Promise<void> {
  await mkdir(place, { recursive: true });
  for (const stem of stems) await writeFile(join(place, name(stem)), bytes(stem));
}

const filesIn = (place: string): Promise<string[]> =>
  readdir(place).then(
    (names) => names.sort(),
    () => [],
  );

describe("a download", () => {
  it("fetches, checks, keeps, and does not fetch again", async () => {
    const progress: number[] = [];
    const onProgress = (now: DownloadProgress): void => {
      progress.push(now.receivedBytes / now.totalBytes!);
    };
    const sets = await loadNamedSet(host(), set, { onProgress });
    expectWholeSet(sets);
    expect(sets.train).toMatchObject({ name: "small", classNames: ["a", "b", "c"] });
    expect(progress.filter((part) => part === 1)).toHaveLength(4);
    expect(await filesIn(join(folder, "cache/small"))).toEqual(stems.map((stem) => `${stem}.gz`).sort());
    expect(requests).toHaveLength(4);
    expectWholeSet(await loadNamedSet(host(), set));
    expect(requests).toHaveLength(4);
  });

  it("replaces a file in the cache that was altered", async () => {
    await loadNamedSet(host(), set);
    const path = join(folder, "cache/small/t10k-labels-idx1-ubyte.gz");
    await writeFile(path, (await readFile(path)).fill(0, 20));
    expectWholeSet(await loadNamedSet(host(), set));
    expect(requests.slice(4)).toEqual(["t10k-labels-idx1-ubyte"]);
  });

  it("works without a cache folder, in memory, and into a folder of choice", async () => {
    expectWholeSet(await loadNamedSet(host({ cacheFolder: () => undefined }), set));
    await downloadNamedSet(host(), set, { into: join(folder, "mine") });
    expect(await filesIn(join(folder, "mine"))).toHaveLength(4);
    expect(await filesIn(join(folder, "cache"))).toEqual([]);
  });

  it.each<[Fault, string]>([
    ["missing", "answered 404 Not Found"],
    ["truncate", "bytes; try again"],
    ["corrupt", "sent bytes whose SHA-256 is not the published one"],
    ["overlong", "sent more than"],
    ["empty", "ended after 0 of"],
    ["stall", "sent nothing for 0.15 s"],
    ["silence", "sent nothing for 0.15 s"],
    ["hang up", "could not be read"],
  ])("that meets '%s' ends in one line and leaves nothing half-written", async (fault, message) => {
    faults["train-labels-idx1-ubyte"] = fault;
    const started = Date.now();
    const text = await failure(() => loadNamedSet(host(), set, { idleTimeout: 150 }), "DATA_DOWNLOAD");
    expect(Date.now() - started).toBeLessThan(5000);
    expect(text).toContain(`small: ${set.url}/train-labels-idx1-ubyte.gz `);
    expect(text).toContain(message);
    expect(await filesIn(join(folder, "cache/small"))).toEqual(["train-images-idx3-ubyte.gz"]);
    faults = {};
    expectWholeSet(await loadNamedSet(host(), set));
  });

  it("that never ends and is never silent is given up as a whole", async () => {
    faults["train-images-idx3-ubyte"] = "drip";
    const endless = { ...set.files.trainImages!, bytes: 1 << 30 };
    const files = { ...set.files, trainImages: endless };
    const options = { idleTimeout: 30_000, timeout: 200 };
    const text = await failure(() => loadNamedSet(host(), { ...set, files }, options), "DATA_DOWNLOAD");
    expect(text).toContain("took more than 0.2 s; try again");
    expect(await filesIn(join(folder, "cache/small"))).toEqual([]);
  });

  it("is over https, from this machine, or checked by a hash, also where it was led elsewhere", async () => {
    const hashless = Object.fromEntries(
      Object.entries(set.files).map(([part, { name }]) => [part, { name }]),
    );
    expectWholeSet(await loadNamedSet(host({ cacheFolder: () => undefined }), { ...set, files: hashless }));
    const answering = (asked: string, led: string): DataHost =>
      host({
        cacheFolder: () => undefined,
        fetch: async (url) => {
          expect(url).toMatch(asked);
          const stem = url.split("/").at(-1)!.replace(".gz", "") as Stem;
          return Object.defineProperty(new Response(zipped(stem) as Uint8Array<ArrayBuffer>), "url", {
            value: led && `${led}/${stem}`,
          });
        },
      });
    const [open, safe] = ["http://files.example", "https://files.example"];
    for (const [asked, led] of [
      [open, ""],
      [open, open],
      [safe, open],
    ] as const) {
      const text = await failure(
        () => loadNamedSet(answering(asked, led), { ...set, url: asked, files: hashless }),
        "DATA_DOWNLOAD",
      );
      expect(text).toContain("is not https, and no SHA-256 of the file is known");
      expectWholeSet(await loadNamedSet(answering(asked, led), { ...set, url: asked })); // hashes are known
    }
    expectWholeSet(await loadNamedSet(answering(safe, safe), { ...set, url: safe, files: hashless }));
    for (const { url } of namedSets) expect(url).toMatch(/^https:/);
  });

  it("says why where nobody answers", async () => {
    const nowhere = { ...set, url: "http://127.0.0.1:1" };
    const text = await failure(() => loadNamedSet(host(), nowhere), "DATA_DOWNLOAD");
    expect(text).toMatch(
      /could not be read \(.*(ECONNREFUSED|bad port).*\); try again, or put the files in a folder/,
    );
  });

  it("ends when the caller says so, before and in the middle, even if fetch does not listen", async () => {
    await failure(() => loadNamedSet(host(), set, { signal: AbortSignal.abort() }), "ABORTED");
    faults["train-images-idx3-ubyte"] = "stall";
    await failure(() => loadNamedSet(host(), set, { signal: AbortSignal.timeout(100) }), "ABORTED");
    const deaf = host({ fetch: () => new Promise(() => {}) });
    await failure(() => loadNamedSet(deaf, set, { signal: AbortSignal.timeout(50) }), "ABORTED");
    await failure(() => loadNamedSet(deaf, set, { idleTimeout: 50 }), "DATA_DOWNLOAD");
    expect(await filesIn(join(folder, "cache/small"))).toEqual([]);
  });

  it("that cannot be kept says where and why", async () => {
    await writeFile(join(folder, "cache"), "a file where the folder should be");
    const text = await failure(() => loadNamedSet(host(), set), "OUTPUT");
    expect(text).toContain("cannot be written");
    expect(await readFile(join(folder, "cache"), "utf8")).toBe("a file where the folder should be");
  });
});

describe("a folder", () => {
  it.each<[string, (stem: Stem) => string, (stem: Stem) => Uint8Array]>([
    ["gzipped files", (stem) => `${stem}.gz`, zipped],
    ["raw files", (stem) => stem, (stem) => raw[stem]],
    ["files named with a dot", (stem) => stem.replace("-idx", ".idx"), (stem) => raw[stem]],
    ["test files named so", (stem) => stem.replace("t10k", "test"), (stem) => raw[stem]],
    ["gzipped files without the ending", (stem) => stem, zipped],
  ])(
    "may hold %s, be given or in ANYGRAD_DATA, directly or in a folder of the set's name",
    async (_, name, bytes) => {
      await fill(join(folder, "direct"), name, bytes);
      await fill(join(folder, "parent/small"), name, bytes);
      for (const place of ["direct", "parent"]) {
        const data = join(folder, place);
        expectWholeSet(await loadNamedSet(host(), set, { data }));
        const environment = (variable: string): string | undefined =>
          variable === "ANYGRAD_DATA" ? data : undefined;
        expectWholeSet(await loadNamedSet(host({ environment }), set));
      }
      expectWholeSet(await loadFolder(host(), join(folder, "direct")));
      expect(requests).toEqual([]);
    },
  );

  it("without the set leaves the search to go on", async () => {
    expectWholeSet(await loadNamedSet(host(), set, { data: join(folder, "nowhere") }));
    expect(requests).toHaveLength(4);
  });

  it("with only some of the files names the missing ones", async () => {
    await fill(
      folder,
      (stem) => stem,
      (stem) => raw[stem],
    );
    await rm(join(folder, "train-labels-idx1-ubyte"));
    await rm(join(folder, "t10k-images-idx3-ubyte"));
    expect(await failure(() => loadNamedSet(host(), set, { data: folder }), "DATA_MISSING")).toMatch(
      /train-labels-idx1-ubyte.gz and t10k-images-idx3-ubyte.gz are missing beside .*train-images/,
    );
  });

  it("of one's own that is empty says what was wanted", async () => {
    expect(await failure(() => loadFolder(host(), folder), "DATA_MISSING")).toContain(
      "wanted train-images-idx3-ubyte.gz",
    );
  });

  it("with files of another set, another size or bad labels is refused", async () => {
    const fashion = new Uint8Array(fashionMnist.files.trainImages!.bytes!);
    await fill(
      folder,
      (stem) => `${stem}.gz`,
      (stem) => (stem === "train-images-idx3-ubyte" ? fashion : zipped(stem)),
    );
    expect(await failure(() => loadNamedSet(host(), mnist, { data: folder }), "DATA_MISSING")).toContain(
      "holds fashion-mnist; pass the folder of mnist",
    );
    const wide = writeIdx("u8", [6, 2, 8], noise(96));
    await fill(
      folder,
      (stem) => `${stem}.gz`,
      (stem) => (stem === "t10k-images-idx3-ubyte" ? wide : raw[stem]),
    );
    expect(await failure(() => loadFolder(host(), folder), "SHAPE_MISMATCH")).toContain(
      "4 × 4 × 1, test images 2 × 8 × 1",
    );
    await fill(
      folder,
      (stem) => `${stem}.gz`,
      (stem) => raw[stem],
    );
    const two = { ...set, classNames: ["a", "b"] };
    expect(await failure(() => loadNamedSet(host(), two, { data: folder }), "DATA_FORMAT")).toContain(
      "label 2 is 2",
    );
    const few = writeIdx("u8", [5], labels(5));
    await fill(
      folder,
      (stem) => `${stem}.gz`,
      (stem) => (stem === "t10k-labels-idx1-ubyte" ? few : raw[stem]),
    );
    expect(await failure(() => loadFolder(host(), folder), "SHAPE_MISMATCH")).toContain(
      "6 images but 5 labels",
    );
  });
});

const data = process.env.ANYGRAD_DATA;

describe.skipIf(!data)("with the published files (set ANYGRAD_DATA to run)", () => {
  it("MNIST is whole and normalised by its training set", async () => {
    const { train, test } = await datasets.mnist({ normalize: "standard" });
    expect(train.shape).toEqual([60_000, 28, 28, 1]);
    expect(test.shape).toEqual([10_000, 28, 28, 1]);
    expect(Array.from(train.y.subarray(0, 8))).toEqual([5, 0, 4, 1, 9, 2, 1, 3]);
    // the mean 0.1307 and deviation 0.3081 that everyone uses, in units of 255
    expect(test.normalization!.scale * 255).toBeCloseTo(1 / 0.3081, 3);
    expect(test.normalization!.shift).toBeCloseTo(-0.1307 / 0.3081, 3);
  });

  it("Fashion-MNIST is whole, and a limit shortens both sets", async () => {
    const { train } = await datasets.fashionMnist();
    expect(train.shape).toEqual([60_000, 28, 28, 1]);
    expect(train.classNames![train.y[0]!]).toBe("Ankle boot");
    const few = await datasets.fashionMnist({ limit: 100 });
    expect([few.train.shape[0], few.test.shape[0]]).toEqual([100, 100]);
    expect(few.train.normalization).toEqual({ scale: 1 / 255, shift: 0 });
  });

  it.each([mnist, fashionMnist])("the files of $name have the published sizes and hashes", async (named) => {
    for (const file of Object.values(named.files)) {
      const bytes = await readFile(join(data!, named.name, file.name));
      expect(bytes.length).toBe(file.bytes);
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(file.sha256);
    }
  });
});
