/** A worker finds the data set that a job names: what `train` reads there is what it reads on the coordinator's machine. */
import { fork } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DataCache } from "../../../cli/cluster/content/dataCache.ts";
import { type DescribedData, describeData } from "../../../cli/cluster/content/dataContent.ts";
import { dataFiles, fileAlone, type GivenData } from "../../../cli/cluster/content/dataFiles.ts";
import { type ResolveOptions, resolveData } from "../../../cli/cluster/content/resolve.ts";
import { shareContents } from "../../../cli/cluster/content/share.ts";
import { type ContentSource, openSource } from "../../../cli/cluster/content/source.ts";
import { newFolder, readBy, writeIdxSet, writePictures, writeTables } from "./dataSets.ts";

const ending: (() => unknown)[] = [];
let cache: string;
beforeEach(() => {
  cache = newFolder();
  vi.stubEnv("HOME", "/dev/null/nowhere");
  vi.stubEnv("XDG_CACHE_HOME", "");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const end of ending.splice(0)) await end();
});

const described = async (given: GivenData): Promise<DescribedData> =>
  describeData(await dataFiles(given), { cache: newFolder() });

async function shared(data: DescribedData, share?: string): Promise<ContentSource> {
  const sharing = await shareContents([data], { share, checkpoints: join(newFolder(), "checkpoints") });
  const source = await openSource(sharing.address, { attempts: 1 });
  ending.push(
    () => source.close(),
    () => sharing.close(),
  );
  return source;
}

const resolved = (data: DescribedData, options: Partial<ResolveOptions> = {}) =>
  resolveData(data.content, { cache: new DataCache({ folder: cache }), ...options });

/** The files of a set in the cache. */
function cachedFiles({ content }: DescribedData): string[] {
  const folder = join(cache, "content", content.sha256, "data");
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const sets: [string, (folder: string) => GivenData][] = [
  ["a folder of IDX files", (folder) => ({ dataset: writeIdxSet(folder) })],
  ["a named set", (folder) => ({ dataset: "mnist", data: join(writeIdxSet(join(folder, "mnist")), "..") })],
  ["a table and its test set", (folder) => ({ dataset: writeTables(folder) })],
  ["a folder of pictures", (folder) => ({ dataset: writePictures(folder) })],
  [
    "a list of pictures",
    (folder) => {
      writeFileSync(
        join(writePictures(folder), "all.csv"),
        "file,label\ncats/a.jpg,x\ndogs/c.jpg,y\ncats/deep/b.jpg,x\ndogs/again.jpg,y\n",
      );
      return { dataset: join(folder, "all.csv") };
    },
  ],
];

const argumentsOf = ({ dataset, data }: GivenData): string[] => [
  ...["--dataset", dataset],
  ...(data === undefined ? [] : ["--data", data]),
];

describe.each(sets)("%s", (_, write) => {
  it("is the same on a worker, fetched from a server and from a folder, and found again", async () => {
    const given = write(join(newFolder(), "data"));
    const data = await described(given);
    const wanted = await readBy(argumentsOf(given));
    for (const share of [undefined, join(newFolder(), "shared")]) {
      cache = newFolder();
      const source = await shared(data, share);
      const first = await resolved(data, { source });
      expect(first.from).toEqual({ cached: 0, own: 0, fetched: data.files.length });
      expect(await readBy(first.args)).toEqual(wanted);
      const again = await resolved(data); // nobody shares it any more
      expect(again).toEqual({ ...first, from: { cached: data.files.length, own: 0, fetched: 0 } });
    }
  });

  it("is found in a folder of the worker", async () => {
    const folder = join(newFolder(), "data");
    const given = write(folder);
    const data = await described(given);
    const wanted = await readBy(argumentsOf(given));
    const own = newFolder();
    cpSync(folder, join(own, "somewhere/else"), { recursive: true });
    const found = await resolved(data, { folders: [newFolder(), own] });
    expect(found.from).toEqual({ cached: 0, own: data.files.length, fetched: 0 });
    expect(cachedFiles(data).every((path) => lstatSync(path).isSymbolicLink())).toBe(true);
    expect(await readBy(found.args)).toEqual(wanted);
  });
});

it("the set that is built in needs nothing", async () => {
  const data = await described({ dataset: "digits" });
  expect((await resolved(data)).args).toEqual(["--dataset", "digits"]);
  expect(existsSync(join(cache, "content"))).toBe(false);
});

it("a file alone, such as a model", async () => {
  const path = join(newFolder(), "model.safetensors");
  writeFileSync(path, "weights");
  const data = await describeData(fileAlone(path), { cache: newFolder() });
  const { args } = await resolved(data, { source: await shared(data) });
  expect(readFileSync(args[1]!, "utf8")).toBe("weights");
});

describe("a worker", () => {
  const idx = (first?: number) => described({ dataset: writeIdxSet(join(newFolder(), "idx"), first) });

  it("without the data and without a source says what to do", async () => {
    await expect(resolved(await idx())).rejects.toMatchObject({
      code: "DATA_MISSING",
      message: expect.stringContaining("pass --data a folder that holds it, or tune with --share"),
    });
  });

  it("takes nothing for the data that has its names and sizes alone", async () => {
    const data = await idx();
    const own = writeIdxSet(join(newFolder(), "other"), 1);
    const found = await resolved(data, { folders: [own], source: await shared(data) });
    expect(found.from).toEqual({ cached: 0, own: 2, fetched: 2 }); // labels are the same
  });

  it("leaves out what lies beside the data in its own folder", async () => {
    const given = { dataset: writePictures(join(newFolder(), "data")) };
    const data = await described(given);
    const own = join(newFolder(), "data");
    cpSync(given.dataset, own, { recursive: true });
    cpSync(join(own, "cats/a.jpg"), join(own, "cats/more.jpg"));
    const found = await resolved(data, { folders: [own] });
    expect(await readBy(found.args)).toEqual(await readBy(argumentsOf(given)));
  });

  it("fetches again what was changed, cut short or removed in the cache", async () => {
    const data = await idx();
    const source = await shared(data);
    await resolved(data, { source });
    const files = cachedFiles(data);
    const bytes = readFileSync(files[0]!);
    bytes[20]! ^= 1;
    writeFileSync(files[0]!, bytes);
    writeFileSync(files[1]!, "x");
    rmSync(files[2]!);
    const before = readFileSync(files[3]!);
    const again = await resolved(data, { source });
    expect(again.from).toEqual({ cached: 1, own: 0, fetched: 3 });
    expect(readFileSync(files[3]!).equals(before)).toBe(true);
  });

  it("fetches again what was changed in its own folder, and does not write there", async () => {
    const data = await idx();
    const own = writeIdxSet(join(newFolder(), "own"));
    await resolved(data, { folders: [own] });
    appendFileSync(join(own, "train-labels-idx1-ubyte"), "x");
    const again = await resolved(data, { folders: [own], source: await shared(data) });
    expect(again.from).toEqual({ cached: 3, own: 0, fetched: 1 });
    expect(readFileSync(join(own, "train-labels-idx1-ubyte")).at(-1)).toBe(120);
  });

  it("goes on with what was fetched before it failed", async () => {
    const data = await idx();
    const source = await shared(data);
    let count = 0;
    const failing: ContentSource = {
      ...source,
      get: async (content, path, onBytes) => {
        if (++count === 3) throw new Error("cut");
        return source.get(content, path, onBytes);
      },
    };
    await expect(resolved(data, { source: failing })).rejects.toThrow("cut");
    const again = await resolved(data, { source });
    expect(again.from.cached).toBeGreaterThan(0);
    expect(again.from.cached + again.from.fetched).toBe(4);
  });

  it("asks for a data set once, however many trials want it", async () => {
    const data = await idx();
    const source = await shared(data);
    const all = await Promise.all(Array.from({ length: 6 }, () => resolved(data, { source })));
    expect(all.map(({ from }) => from.fetched)).toEqual([4, 0, 0, 0, 0, 0]);
  });

  it("fetches the manifest of many pictures", async () => {
    const folder = join(newFolder(), "data");
    const picture = readFileSync(join(writePictures(folder), "cats/a.jpg"));
    const long = "picture-".repeat(25);
    for (let i = 0; i < 120; i++) writeFileSync(join(folder, `dogs/${long}${i}.jpg`), picture);
    const data = await described({ dataset: folder });
    expect(data.content.manifest).toBeUndefined();
    const found = await resolved(data, { source: await shared(data) });
    expect(found.from.fetched).toBe(124);
    expect((await resolved(data)).from.cached).toBe(124);
  });

  it("refuses the manifest of another data set", async () => {
    const [data, other] = [await idx(), await idx(1)];
    const content = { ...data.content, manifest: other.content.manifest! };
    await expect(resolveData(content, { cache: new DataCache({ folder: cache }) })).rejects.toMatchObject({
      code: "DATA_FORMAT",
    });
  });

  it("tells how far it is", async () => {
    const data = await idx();
    const told: { file: string; receivedBytes: number; totalBytes: number | undefined }[] = [];
    await resolved(data, { source: await shared(data), onProgress: (each) => told.push(each) });
    const bytes = data.files.reduce((sum, file) => sum + file.bytes, 0);
    expect(told.at(-1)).toMatchObject({ receivedBytes: bytes, totalBytes: bytes });
  });
});

describe("the cache", () => {
  it("makes room by what was not used for an hour, the longest unused first", async () => {
    const [a, b, c] = await Promise.all(
      [0, 1, 2].map((first) => described({ dataset: writeIdxSet(join(newFolder(), "x"), first) })),
    );
    const source = await Promise.all([a!, b!, c!].map((each) => shared(each)));
    const one = a!.files.reduce((sum, { bytes }) => sum + bytes, 0);
    const fill = (data: DescribedData, i: number, maxBytes: number) =>
      resolved(data, { source: source[i]!, cache: new DataCache({ folder: cache, maxBytes }) });
    const manifests = Buffer.byteLength(a!.content.manifest!);
    await fill(a!, 0, 1e6);
    await fill(b!, 1, 1e6);
    const most = 2 * (one + manifests) + 10;
    await expect(fill(c!, 2, most)).rejects.toMatchObject({
      code: "MEMORY_LIMIT",
      message: expect.stringContaining("are in use"),
    });
    const used = (data: DescribedData, hours: number): void => {
      const time = new Date(Date.now() - hours * 3_600_000);
      utimesSync(join(cache, "content", data.content.sha256, "manifest.json"), time, time);
    };
    used(a!, 2);
    used(b!, 3);
    await fill(c!, 2, most);
    expect([a!, b!, c!].map(({ content }) => existsSync(join(cache, "content", content.sha256)))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("a machine that is gone keeps no set from the others", async () => {
    const data = await described({ dataset: writeIdxSet(join(newFolder(), "x")) });
    const set = join(cache, "content", data.content.sha256);
    mkdirSync(set, { recursive: true });
    const lock = join(set, ".anygrad.lock");
    writeFileSync(lock, JSON.stringify({ host: "another-machine", pid: 1, birth: "" }));
    const controller = new AbortController();
    const source = await shared(data);
    const waiting = resolved(data, { source, signal: controller.signal });
    setTimeout(() => controller.abort(), 1500);
    await expect(waiting).rejects.toMatchObject({ code: "ABORTED" }); // it may be alive
    utimesSync(lock, new Date(), new Date(Date.now() - 310_000));
    expect((await resolved(data, { source })).from.fetched).toBe(4);
  });

  it("of several processes at a time one fetches", async () => {
    const data = await described({ dataset: writeIdxSet(join(newFolder(), "x")) });
    const folder = join(newFolder(), "shared");
    await shared(data, folder);
    const modules = newFolder();
    const names = ["resolve", "dataCache", "source"];
    const content = join(import.meta.dirname, "../../../cli/cluster/content");
    const input = Object.fromEntries(names.map((name) => [name, join(content, `${name}.ts`)]));
    await (await rolldown({ input, platform: "node", logLevel: "silent" })).write({
      dir: modules,
      entryFileNames: "[name].js",
    });
    const program = join(import.meta.dirname, "resolving.mjs");
    const ends = await Promise.all(
      [1, 2, 3].map(async () => {
        const child = fork(program, [modules, JSON.stringify(data.content), cache, folder], { execArgv: [] });
        const [from] = (await Promise.race([once(child, "message"), once(child, "exit")])) as [
          { fetched: number },
        ];
        return from.fetched;
      }),
    );
    expect(ends.sort()).toEqual([0, 0, 4]);
  });
});
