/** The sets that have a name, from small files in the formats that they are published in: folders, archives, downloads, a page. */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { datasets } from "../../src/data/datasets.ts";
import {
  type DataHost,
  downloadNamedSet,
  loadFolder,
  loadNamedSet,
  type NamedSet,
  namedSets,
} from "../../src/data/sources.ts";
import { createHost, type PageCache } from "../../src/runtime/host.ts";
import { cachedHost } from "./cachedHost.ts";
import { failure } from "./failure.ts";
import { writeIdx } from "./write-idx.ts";

const setOf = (name: string): NamedSet => namedSets.find((set) => set.name === name)!;

let folder: string;
let server: Server;
let url: string;
let served: Map<string, Uint8Array>;
let requests: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.url!);
    const bytes = served.get(request.url!.slice(1));
    if (bytes) response.end(bytes);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

beforeEach(async () => {
  served = new Map();
  requests = [];
  folder = await mkdtemp(join(tmpdir(), "anygrad-named-"));
  return () => rm(folder, { recursive: true });
});

const host = (changes?: Partial<DataHost>): DataHost => cachedHost(folder, changes);

async function put(files: Record<string, Uint8Array>, place = folder): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(place, name)), { recursive: true });
    await writeFile(join(place, name), bytes);
  }
}

/** The set with these as its published files. */
function published(set: NamedSet, archive: Uint8Array): NamedSet {
  const sha256 = createHash("sha256").update(archive).digest("hex");
  return { ...set, url, archive: { ...set.archive!, bytes: archive.length, sha256 } };
}

/** A zip as NIST's: `deflated` or stored, with a comment at its end. */
function zip(files: Record<string, Uint8Array>, deflated: boolean): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [path, bytes] of Object.entries(files)) {
    const name = Buffer.from(path);
    const content = deflated ? deflateRawSync(bytes) : Buffer.from(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(deflated ? 8 : 0, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common, name, content]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, rest, name]));
    parts.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22 + 5, "hello");
  end.writeUInt32LE(0x06054b50, 0);
  end.fill(0, 4, 8);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(5, 20);
  return Buffer.concat([...parts, listed, end]);
}

function tarGz(files: Record<string, Uint8Array>): Buffer {
  const blocks = Object.entries(files).flatMap(([path, bytes]) => {
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write(`${bytes.length.toString(8).padStart(11, "0")} `, 124);
    header.write(path.endsWith("/") ? "5" : "0", 156);
    header.write("ustar", 257);
    return [header, Buffer.from(bytes), Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

// an F, lying as EMNIST's images do: rows and columns exchanged
const upright = [1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0];
const lying = [1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0];

function emnist(split: string, labels: number[]): Record<string, Uint8Array> {
  const images = gzipSync(
    writeIdx("u8", [labels.length, 3, 4], Uint8Array.from(labels.flatMap(() => lying))),
  );
  const classes = gzipSync(writeIdx("u8", [labels.length], Uint8Array.from(labels)));
  return Object.fromEntries(
    ["train", "test"].flatMap((part) => [
      [`emnist-${split}-${part}-images-idx3-ubyte.gz`, images],
      [`emnist-${split}-${part}-labels-idx1-ubyte.gz`, classes],
    ]),
  );
}

describe("EMNIST", () => {
  it.each<[string, number, number, Record<number, string>]>([
    ["balanced", 47, 0, { 0: "0", 10: "A", 35: "Z", 36: "a", 38: "d", 46: "t" }],
    ["byclass", 62, 0, { 9: "9", 10: "A", 36: "a", 61: "z" }],
    ["bymerge", 47, 0, { 36: "a", 43: "n", 44: "q" }],
    ["digits", 10, 0, { 7: "7" }],
    ["letters", 26, 1, { 0: "A", 25: "Z" }],
    ["mnist", 10, 0, { 9: "9" }],
  ])("%s is upright, its labels from 0, its %i classes by name", async (split, classes, first, names) => {
    const labels = [first, classes - 1 + first, 2 + first];
    await put(emnist(split, labels));
    const { train, test } = await datasets.emnist({
      split: split as "digits",
      data: folder,
      normalize: "none",
    });
    expect([train.shape, test.shape]).toEqual([
      [3, 4, 3, 1],
      [3, 4, 3, 1],
    ]);
    expect([...train.x.subarray(12, 24)]).toEqual(upright);
    expect([...train.y]).toEqual([0, classes - 1, 2]);
    expect(train.classNames).toHaveLength(classes);
    for (const [label, name] of Object.entries(names)) expect(train.classNames![Number(label)]).toBe(name);
    await put(emnist(split, [first, classes + first]));
    await failure(() => datasets.emnist({ split: split as "digits", data: folder }), "DATA_FORMAT");
  });

  it("letters with a label 0 and a split that is none are refused", async () => {
    await put(emnist("letters", [0, 1]));
    const letters = { split: "letters", data: folder } as const;
    expect(await failure(() => datasets.emnist(letters), "DATA_FORMAT")).toContain("label 0 is -1");
    const text = await failure(() => datasets.emnist({ split: "leters" as "letters" }), "INVALID_ARGUMENT");
    expect(text).toBe(
      'datasets.emnist: split: "leters" is unknown; did you mean letters? There are balanced, byclass, bymerge, digits, letters, mnist',
    );
  });

  it.each([true, false])(
    "is downloaded as one zip, deflated: %s, of which all splits are kept",
    async (deflated) => {
      const files = { ...emnist("letters", [1, 2]), ...emnist("digits", [3, 4, 5]) };
      const inFolder = Object.fromEntries(
        Object.entries(files).map(([name, bytes]) => [`gzip/${name}`, bytes]),
      );
      const archive = zip(
        { "gzip/": new Uint8Array(), "gzip/emnist-letters-mapping.txt": Buffer.from("1 65 97"), ...inFolder },
        deflated,
      );
      served.set("gzip.zip", archive);
      const letters = published(setOf("emnist-letters"), archive);
      expect([...(await loadNamedSet(host(), letters)).train.y]).toEqual([0, 1]);
      expect((await readdir(join(folder, "cache/emnist"))).sort()).toEqual(Object.keys(files).sort());
      const digits = published(setOf("emnist-digits"), archive);
      expect([...(await loadNamedSet(host(), digits)).train.y]).toEqual([3, 4, 5]);
      expect(requests).toEqual(["/gzip.zip"]);
      // the archive itself, and what it unpacks to, in a folder of one's own
      await put({ "mine/gzip.zip": archive });
      await put(inFolder, join(folder, "other"));
      for (const place of ["mine", "other"]) {
        const sets = await loadNamedSet(host(), letters, { data: join(folder, place) });
        expect([...sets.test.y]).toEqual([0, 1]);
      }
      const missing = published(setOf("emnist-mnist"), archive);
      expect(await failure(() => loadNamedSet(host(), missing), "DATA_MISSING")).toContain(
        "emnist-mnist-train-images-idx3-ubyte.gz",
      );
      for (const end of [10, archive.length >> 1, archive.length - 30]) {
        await put({ "cut/gzip.zip": archive.subarray(0, end) });
        await failure(() => loadNamedSet(host(), letters, { data: join(folder, "cut") }), "DATA_FORMAT");
      }
    },
  );

  it("is fetched file by file from where a url says", async () => {
    for (const [name, bytes] of Object.entries(emnist("digits", [1, 2]))) served.set(`mirror/${name}`, bytes);
    const sets = await loadNamedSet(host(), setOf("emnist-digits"), { url: `${url}/mirror/` });
    expect([...sets.train.y]).toEqual([1, 2]);
    expect(requests).toHaveLength(4);
    // a page in place of a file is not kept
    const name = "emnist-mnist-train-images-idx3-ubyte.gz";
    served.set(`mirror/${name}`, Buffer.from("<!doctype html>"));
    const mirror = { url: `${url}/mirror` };
    expect(await failure(() => loadNamedSet(host(), setOf("emnist-mnist"), mirror), "DATA_FORMAT")).toContain(
      `/mirror/${name}: not an IDX file`,
    );
    expect(await readdir(join(folder, "cache/emnist"))).not.toContain(name);
  });
});

describe("CIFAR", () => {
  const record = (label: number[], shift: number): number[] => [
    ...label,
    ...Array.from({ length: 3 * 1024 }, (_, i) => (Math.floor(i / 1024) * 80 + (i % 1024) + shift) % 256),
  ];
  const bin = (...records: number[][]): Uint8Array => Uint8Array.from(records.flat());
  const ten = Object.fromEntries([
    ...[1, 2, 3, 4, 5].map((i) => [
      `cifar-10-batches-bin/data_batch_${i}.bin`,
      bin(record([i], i), record([9], 0)),
    ]),
    ["cifar-10-batches-bin/test_batch.bin", bin(record([3], 7))],
    ["cifar-10-batches-bin/readme.html", Buffer.from("<html>")],
  ]) as Record<string, Uint8Array>;

  it("10 is read in colour, from its folder, from the files alone, and from the archive", async () => {
    await put(ten);
    await put(Object.fromEntries(Object.entries(ten).map(([name, b]) => [`alone/${name.split("/")[1]}`, b])));
    const archive = tarGz({ "cifar-10-batches-bin/": new Uint8Array(), ...ten });
    await put({ "packed/cifar-10-binary.tar.gz": archive });
    for (const place of [".", "alone", "packed"]) {
      const { train, test } = await datasets.cifar10({ data: join(folder, place), normalize: "none" });
      expect([train.shape, test.shape]).toEqual([
        [10, 32, 32, 3],
        [1, 32, 32, 3],
      ]);
      expect([...train.y]).toEqual([1, 9, 2, 9, 3, 9, 4, 9, 5, 9]);
      // red, green and blue of the first pixels of the test image
      expect([...test.x.subarray(0, 6)]).toEqual([7, 87, 167, 8, 88, 168]);
      expect(test.classNames![test.y[0]!]).toBe("cat");
    }
    served.set("cifar-10-binary.tar.gz", archive);
    const set = published(setOf("cifar-10"), archive);
    for (let i = 0; i < 2; i++) expect((await loadNamedSet(host(), set)).train.shape[0]).toBe(10);
    expect(requests).toEqual(["/cifar-10-binary.tar.gz"]);
    expect(await readdir(join(folder, "cache/cifar-10"))).toEqual(["cifar-10-binary.tar.gz"]);
    const other = { ...set, archive: { ...set.archive!, sha256: "0".repeat(64) } };
    expect(await failure(() => loadNamedSet(host(), other), "DATA_DOWNLOAD")).toContain("SHA-256");
  });

  it("100 takes the fine labels, and their names from its files", async () => {
    const names = Buffer.from(Array.from({ length: 100 }, (_, i) => `thing${i}\n`).join(""));
    await put({
      "train.bin": bin(record([1, 99], 0)),
      "test.bin": bin(record([2, 50], 0)),
      "fine_label_names.txt": names,
    });
    const { train, test } = await datasets.cifar100({ data: folder });
    expect([train.y[0], train.classNames![99], test.y[0]]).toEqual([99, "thing99", 50]);
    await put({ "train.bin": bin(record([1, 100], 0)) });
    await failure(() => datasets.cifar100({ data: folder }), "DATA_FORMAT");
  });

  it("says what is cut off or missing", async () => {
    await put(ten);
    await put({ "cifar-10-batches-bin/test_batch.bin": new Uint8Array(3072) });
    expect(await failure(() => datasets.cifar10({ data: folder }), "DATA_FORMAT")).toContain(
      "whole records of 3073",
    );
    await rm(join(folder, "cifar-10-batches-bin/data_batch_4.bin"));
    expect(await failure(() => datasets.cifar10({ data: folder }), "DATA_MISSING")).toContain(
      "data_batch_4.bin is missing",
    );
  });
});

const small = (n: number): Uint8Array => gzipSync(writeIdx("u8", [n, 2, 2], new Uint8Array(n * 4)));
const idx = (n: number): Uint8Array =>
  gzipSync(
    writeIdx(
      "u8",
      [n],
      Uint8Array.from({ length: n }, (_, i) => i % 2),
    ),
  );

describe("sets in the place of MNIST", () => {
  it("QMNIST's class is the first of its eight labels", async () => {
    const labels = (n: number): Uint8Array =>
      gzipSync(
        writeIdx(
          "i32",
          [n, 8],
          Int32Array.from({ length: n * 8 }, (_, i) => (i % 8 === 0 ? i / 8 : 70_000)),
        ),
      );
    await put({
      "qmnist-train-images-idx3-ubyte.gz": small(5),
      "qmnist-train-labels-idx2-int.gz": labels(5),
      "qmnist-test-images-idx3-ubyte.gz": small(3),
      "qmnist-test-labels-idx2-int.gz": labels(3),
    });
    const { train, test } = await datasets.qmnist({ data: folder });
    expect([[...train.y], [...test.y]]).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1, 2],
    ]);
  });

  it("KMNIST is read by its names, and MNIST in its place is refused", async () => {
    await put({
      "train-images-idx3-ubyte.gz": small(4),
      "train-labels-idx1-ubyte.gz": idx(4),
      "t10k-images-idx3-ubyte.gz": small(2),
      "t10k-labels-idx1-ubyte.gz": idx(2),
    });
    expect((await datasets.kmnist({ data: folder })).train.classNames!.slice(0, 3)).toEqual([
      "o",
      "ki",
      "su",
    ]);
    await put({ "train-images-idx3-ubyte.gz": new Uint8Array(9912422) });
    expect(await failure(() => datasets.kmnist({ data: folder }), "DATA_MISSING")).toContain("holds mnist");
  });

  it.each([
    [
      "usps-train-images.idx3-ubyte",
      "usps-train-labels.idx1-ubyte",
      "usps-test-images.idx3-ubyte",
      "usps-test-labels.idx1-ubyte",
    ],
    [
      "images-train-idx3-ubyte.gz",
      "targets-train-idx1-ubyte.gz",
      "images-val-idx3-ubyte.gz",
      "targets-val-idx1-ubyte.gz",
    ],
    ["TRAIN-x.idx", "TRAIN-label.idx", "TEST-x.idx", "TEST-label.idx"],
  ])("a folder of IDX files of other names: %s", async (a, b, c, d) => {
    await put({
      [a!]: small(4),
      [b!]: idx(4),
      [c!]: small(2),
      [d!]: idx(2),
      "README.md": Buffer.from("of train and test"),
    });
    const { train, test } = await loadFolder(host(), folder);
    expect([train.shape, test.shape]).toEqual([
      [4, 2, 2, 1],
      [2, 2, 2, 1],
    ]);
    await rm(join(folder, d!));
    expect(await failure(() => loadFolder(host(), folder), "DATA_MISSING")).toContain(
      "has the labels to test",
    );
    await put({ [d!]: idx(2), "other-test-labels-idx1-ubyte": idx(2) });
    expect(await failure(() => loadFolder(host(), folder), "DATA_MISSING")).toContain(
      "could be the labels to test",
    );
  });

  it("a file of unknown size is fetched, checked by its hash, and progress is told", async () => {
    const files = {
      "qmnist-train-images-idx3-ubyte.gz": small(5),
      "qmnist-train-labels-idx2-int.gz": idx(5),
      "qmnist-test-images-idx3-ubyte.gz": small(3),
      "qmnist-test-labels-idx2-int.gz": idx(3),
    };
    for (const [name, bytes] of Object.entries(files)) served.set(name, bytes);
    const hashed = Object.fromEntries(
      Object.entries(setOf("qmnist").files).map(([part, { name }]) => [
        part,
        {
          name,
          sha256: createHash("sha256")
            .update(files[name as keyof typeof files])
            .digest("hex"),
        },
      ]),
    );
    const set = { ...setOf("qmnist"), files: hashed, url };
    const shares: number[] = [];
    await downloadNamedSet(host(), set, {
      onProgress: (p) => shares.push(p.receivedBytes / (p.totalBytes ?? Infinity)),
    });
    served.set("qmnist-test-images-idx3-ubyte.gz", small(4));
    await rm(join(folder, "cache"), { recursive: true });
    expect(await failure(() => downloadNamedSet(host(), set), "DATA_DOWNLOAD")).toContain("SHA-256");
    expect(shares.length).toBeGreaterThan(0);
  });
});

describe("all of them", () => {
  it("are downloaded over https, and checked by a hash where files come one by one or as an archive", () => {
    expect(namedSets.map(({ name }) => name)).toEqual([
      "mnist",
      "fashion-mnist",
      "kmnist",
      "qmnist",
      "emnist-balanced",
      "emnist-byclass",
      "emnist-bymerge",
      "emnist-digits",
      "emnist-letters",
      "emnist-mnist",
      "cifar-10",
      "cifar-100",
    ]);
    for (const set of namedSets) {
      expect(set.url).toMatch(/^https:[/][/][^?]*[^/]$/);
      for (const file of set.archive ? [set.archive] : Object.values(set.files))
        expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });
});

describe("in a page", () => {
  const pageHost = (changes: Partial<DataHost>): DataHost =>
    host({ cacheFolder: () => undefined, inPage: true, ...changes });

  function mnistFiles(): NamedSet {
    const files = Object.fromEntries(
      Object.entries(setOf("mnist").files).map(([part, { name }]) => {
        const bytes = part.endsWith("Images") ? small(3) : idx(3);
        served.set(name, bytes);
        return [
          part,
          { name, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") },
        ];
      }),
    );
    return { ...setOf("mnist"), files, url };
  }

  it("downloads are kept in its cache, and checked when they come from there", async () => {
    const kept = new Map<string, Uint8Array>();
    const cache: PageCache = {
      get: async (address) => kept.get(address),
      put: async (address, bytes) => void kept.set(address, bytes),
    };
    const page = pageHost({ pageCache: () => cache });
    const set = mnistFiles();
    for (let i = 0; i < 2; i++) expect((await loadNamedSet(page, set)).train.shape).toEqual([3, 2, 2, 1]);
    expect(requests).toHaveLength(4);
    expect([...kept.keys()][0]).toBe(`${url}/train-images-idx3-ubyte.gz`);
    kept.set(`${url}/train-images-idx3-ubyte.gz`, Uint8Array.of(1, 2, 3));
    await loadNamedSet(page, set);
    expect(requests.slice(4)).toEqual(["/train-images-idx3-ubyte.gz"]);
  });

  it("a server that pages may not read is named, with what to do", async () => {
    const blocked = pageHost({
      fetch: () => Promise.reject(new TypeError("Failed to fetch")),
      pageCache: () => undefined,
    });
    expect(await failure(() => loadNamedSet(blocked, setOf("kmnist")), "DATA_DOWNLOAD")).toBe(
      "kmnist: https://codh.rois.ac.jp/kmnist/dataset/kmnist/train-images-idx3-ubyte.gz could not be read (Failed to fetch); " +
        "the server may not allow pages of other sites (CORS); try again, or put the files on your own server and pass { url }, the address of their folder",
    );
  });

  it("the host knows a page, and its Cache Storage, which may refuse", async () => {
    expect([createHost().inPage, createHost().pageCache()]).toEqual([false, undefined]);
    const stored = new Map<string, Response>();
    const cache = {
      match: async (address: string) => stored.get(address)?.clone(),
      put: async (address: string, response: Response) => void stored.set(address, response),
    };
    vi.stubGlobal("process", undefined);
    vi.stubGlobal("location", { origin: "https://example.com" });
    vi.stubGlobal("caches", { open: async () => cache });
    try {
      const page = createHost();
      expect(page.inPage).toBe(true);
      expect(await page.pageCache()!.get("https://a/b")).toBeUndefined();
      await page.pageCache()!.put("https://a/b", Uint8Array.of(1, 2));
      expect(await page.pageCache()!.get("https://a/b")).toEqual(Uint8Array.of(1, 2));
      vi.stubGlobal("caches", { open: () => Promise.reject(new Error("no")) });
      await page.pageCache()!.put("https://a/c", Uint8Array.of(1));
      expect(await page.pageCache()!.get("https://a/c")).toBeUndefined();
      vi.stubGlobal("caches", undefined);
      expect(page.pageCache()).toBeUndefined();
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
