/** The name of a data set: the same bytes have the same name, other bytes another. */
import { cpSync, mkdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkDataContent, describeData } from "../../../cli/cluster/content/dataContent.ts";
import { dataFiles, type GivenData } from "../../../cli/cluster/content/dataFiles.ts";
import { hashOfText, parseManifest } from "../../../cli/cluster/content/manifest.ts";
import { newFolder, writeIdxSet, writePictures, writeTables } from "./dataSets.ts";

const cache = newFolder();

async function described(given: string | GivenData) {
  return describeData(await dataFiles(typeof given === "string" ? { dataset: given } : given), { cache });
}

const nameOf = async (given: string | GivenData): Promise<string> => (await described(given)).content.sha256;

describe("the name of a data set", () => {
  it.each([
    ["a folder of IDX files", writeIdxSet],
    ["a folder of pictures", writePictures],
  ])("%s: where it lies and when it was written is no part of it", async (_, write) => {
    const folder = write(join(newFolder(), "here"));
    const before = await described(folder);
    expect(before.files).toHaveLength(4);
    const copy = join(newFolder(), "copied/elsewhere");
    cpSync(folder, copy, { recursive: true });
    for (const { name } of before.files) utimesSync(join(copy, name), 1e9, 1e9);
    expect(await nameOf(copy)).toBe(before.content.sha256);
    const [changed] = before.files.slice(-1);
    const bytes = readFileSync(join(copy, changed!.name));
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(join(copy, changed!.name), bytes);
    expect(await nameOf(copy)).not.toBe(before.content.sha256);
  });

  it("the set of IDX files has this name on every machine", async () => {
    expect(await nameOf(writeIdxSet(newFolder()))).toMatchInlineSnapshot(
      `"baf7ffda4ef5600a617fb756d50b3e0d6334fc4667189769443a940fed508cf7"`,
    );
  });

  it("files that are not read are no part of it", async () => {
    const [pictures, idx] = [writePictures(newFolder()), writeIdxSet(newFolder())];
    const before = [await nameOf(pictures), await nameOf(idx)];
    writeFileSync(join(pictures, "cats/.DS_Store"), "x");
    writeFileSync(join(pictures, "cats/notes.txt"), "x");
    writeFileSync(join(idx, "README"), "x");
    expect([await nameOf(pictures), await nameOf(idx)]).toEqual(before);
  });

  it("a picture of another class or another name makes another set", async () => {
    const folder = writePictures(newFolder());
    const before = await nameOf(folder);
    renameSync(join(folder, "cats/a.jpg"), join(folder, "cats/z.jpg"));
    const renamed = await nameOf(folder);
    renameSync(join(folder, "cats/z.jpg"), join(folder, "dogs/a.jpg"));
    expect(new Set([before, renamed, await nameOf(folder)]).size).toBe(3);
  });

  it("a table has its test set with it", async () => {
    const { content, files } = await described(writeTables(newFolder()));
    expect(content).toMatchObject({ form: "file", name: "my-train.csv" });
    expect(files.map(({ name }) => name)).toEqual(["my-train.csv", "my-test.csv"]);
  });

  it("a list of pictures has those that it names and that are there", async () => {
    const folder = writePictures(newFolder());
    const list = join(folder, "list.csv");
    writeFileSync(list, "file,label\ncats/a.jpg,cat\n./dogs/c.jpg,dog\ncats/gone.jpg,cat\ncats/a.jpg,cat\n");
    expect((await described(list)).files.map(({ name }) => name)).toEqual([
      "list.csv",
      "cats/a.jpg",
      "dogs/c.jpg",
    ]);
    const asTable = await described({ dataset: list, asTable: true });
    expect(asTable.files.map(({ name }) => name)).toEqual(["list.csv"]);
  });

  it("a list that names pictures elsewhere is refused", async () => {
    const folder = writePictures(newFolder());
    mkdirSync(join(folder, "lists"));
    for (const name of ["../cats/a.jpg", join(folder, "cats/a.jpg")]) {
      writeFileSync(join(folder, "lists/list.csv"), `file,label\n${name},cat\n../dogs/c.jpg,dog\n`);
      await expect(nameOf(join(folder, "lists/list.csv"))).rejects.toMatchObject({
        code: "DATA_FORMAT",
        message: expect.stringContaining("is not below its folder"),
      });
    }
  });

  it("a named set is the files that are found of it, the set that is built in has none", async () => {
    const data = newFolder();
    writeIdxSet(join(data, "mnist"));
    const named = await described({ dataset: "mnist", data });
    expect(named.content).toMatchObject({ form: "named", name: "mnist" });
    expect(named.files).toHaveLength(4);
    expect((await described("digits")).files).toEqual([]);
  });

  it("what is not there is told", async () => {
    await expect(nameOf("/nowhere/data")).rejects.toMatchObject({ code: "DATA_MISSING" });
  });

  it("a name that leads elsewhere on other systems is refused", async () => {
    const folder = writePictures(newFolder());
    renameSync(join(folder, "cats/a.jpg"), join(folder, "cats/a\\..\\b.jpg"));
    await expect(nameOf(folder)).rejects.toMatchObject({ code: "DATA_FORMAT" });
  });
});

const hash = "0".repeat(64);
const text = (files: unknown, more: object = {}): string =>
  JSON.stringify({ anygradData: 1, form: "folder", name: "", files, ...more });

describe("a manifest of another machine", () => {
  it.each([
    ["a path that leads up", text([["../a", 1, hash]])],
    ["a path that leads up later", text([["a/../../b", 1, hash]])],
    ["an absolute path", text([["/etc/passwd", 1, hash]])],
    ["backslashes", text([["a\\b", 1, hash]])],
    ["a byte that ends names", text([["a\0b", 1, hash]])],
    ["an empty name", text([["", 1, hash]])],
    ["a name that is no text", text([[3, 1, hash]])],
    ["a name twice", text([["a", 1, hash], ["a", 1, hash]])], // biome-ignore format: a line a case
    ["a file below a file", text([["a", 1, hash], ["a/b", 1, hash]])], // biome-ignore format: a line a case
    ["a negative size", text([["a", -1, hash]])],
    ["a size that is no number", text([["a", "1", hash]])],
    ["a hash that is none", text([["a", 1, "../../x"]])],
    ["another version", text([], { anygradData: 2 })],
    ["another form", text([], { form: "device" })],
    ["a file that it does not list", text([["a", 1, hash]], { form: "file", name: "b" })],
    ["a data set's name that is a path", text([], { form: "named", name: "../mnist" })],
    ["no JSON", "{"],
    ["depth", "[".repeat(300)],
  ])("with %s is refused", (_, given) => {
    expect(() => parseManifest(given)).toThrow(expect.objectContaining({ code: "DATA_FORMAT" }));
  });

  it("is read where it is whole", () => {
    expect(parseManifest(text([["a/b.png", 1, hash]]))).toEqual({
      form: "folder",
      name: "",
      files: [{ name: "a/b.png", bytes: 1, sha256: hash }],
    });
  });
});

describe("the data set of a job", () => {
  it("goes through JSON", async () => {
    const { content } = await described(writeIdxSet(newFolder()));
    expect(checkDataContent(JSON.parse(JSON.stringify(content)))).toEqual(content);
  });

  it("is refused where it is not as it was made", async () => {
    const { content } = await described(writeIdxSet(newFolder()));
    const { content: other } = await described(writeIdxSet(newFolder(), 1));
    for (const wrong of [
      undefined,
      "mnist",
      { ...content, sha256: "x" },
      { ...content, bytes: 1e12 },
      { ...content, name: 3 },
      { ...content, manifest: other.manifest },
      { ...content, form: "named", name: "mnist" },
      { ...content, sha256: hashOfText("") },
    ])
      expect(() => checkDataContent(wrong)).toThrow(expect.objectContaining({ code: "DATA_FORMAT" }));
  });
});
