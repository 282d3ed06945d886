/** Tables as users have them: what is read, what is said of it, what is refused. */

import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCsv } from "../../../src/data/csv.ts";
import type { TableSource } from "../../../src/data/raw/readRaw.ts";
import { isTable } from "../../../src/data/table/isTable.ts";
import { readTable, type TableOptions } from "../../../src/data/table/readTable.ts";
import { failure } from "../failure.ts";

const houses = `size (m²),town,balcony,price (€)
50,Rome,yes,200000.5
80,Oslo,no,420000
65,Rome,no,250000
90,Oslo,yes,480000
70,Rome,yes,270000
`;

/** All rows in one set, in the order of the text. */
async function whole(source: TableSource, options: TableOptions = {}) {
  const table = await readTable(source, { testSplit: 0, ...options });
  const width = table.train.shape[1]!;
  const rows = Array.from({ length: table.train.shape[0]! }, (_, i) =>
    Array.from(table.train.x.subarray(i * width, (i + 1) * width)),
  );
  return { ...table, x: rows, y: Array.from(table.train.y) };
}

/** (value − mean) / deviation, rounded to floats. */
function standard(values: number[]): number[] {
  const mean = values.reduce((a, b) => a + b) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
  return values.map((value) => Math.fround((value - mean) / deviation));
}

describe("readTable", () => {
  it("scales numbers, spreads categories, takes units and yes and no", async () => {
    const { x, y, columns, target, task, label, notes } = await whole(houses);
    const sizes = standard([50, 80, 65, 90, 70]);
    const oslo = [0, 1, 0, 1, 0];
    const yes = [1, 0, 0, 1, 1];
    expect(x).toEqual(sizes.map((size, i) => [size, oslo[i], 1 - oslo[i]!, yes[i]]));
    expect(y).toEqual(standard([200000.5, 420000, 250000, 480000, 270000]));
    expect(columns.map(({ name }) => name)).toEqual(["size", "town", "balcony"]);
    expect(columns[0]).toMatchObject({ unit: "m²", mean: 71 });
    expect(target).toMatchObject({ name: "price", unit: "€" });
    expect([task, label]).toEqual(["regression", "price"]);
    expect(notes).toEqual([
      'predicts "price" (€), the last column ({ label: … } names another): numbers, a regression',
    ]);
  });

  const plain = "a,b,kind\n1.5,2,x\n3,4,y\n2,7,x\n";
  it.each<[string, TableSource, TableOptions?]>([
    ["semicolons and decimal commas", "a;b;kind\n1,5;2;x\n3,0;4;y\n2;7;x\n"],
    ["tabs", plain.replaceAll(",", "\t")],
    ["strokes", plain.replaceAll(",", "|")],
    ["blanks around fields", plain.replaceAll(",", " , ")],
    ["quotes", '"a","b","kind"\n"1.5","2","x"\n3,4,"y"\n2,7,"x"\n'],
    ["CRLF and blank lines", `${plain.replaceAll("\n", "\r\n")}\r\n\r\n`],
    ["old Mac line ends", plain.replaceAll("\n", "\r")],
    ["no line end at the end", plain.trimEnd()],
    ["a UTF-8 mark", `\ufeff${plain}`],
    ["exponents and signs", "a,b,kind\n15e-1,+2,x\n.3E1,4.,y\n2,7,x\n"],
    ["UTF-16 little endian", utf16(plain, "le")],
    ["UTF-16 big endian", utf16(plain, "be")],
    ["gzip", gzipSync(plain)],
    ["gzip of UTF-16", gzipSync(utf16(plain, "be"))],
    [
      "rows as objects",
      [
        { a: 1.5, b: 2, kind: "x" },
        { a: 3, b: 4n, kind: "y" },
        { a: "2", b: 7, kind: "x" },
      ],
    ],
    ["no header", "1.5,2,x\n3,4,y\n2,7,x\n"],
  ])("reads %s as the plain table", async (_, source, options = {}) => {
    const [got, wanted] = [await whole(source, options), await whole(plain)];
    expect(got.x).toEqual(wanted.x);
    expect(got.y).toEqual(wanted.y);
    expect(got.classNames).toEqual(["x", "y"]);
  });

  it("reads quoted fields with separators, line ends and quotes, whatever pieces the text comes in", async () => {
    const field = fc
      .array(fc.constantFrom(...'ab ,;\n\r\t"é€'), { minLength: 1, maxLength: 6 })
      .map((parts) => `t${parts.join("")}.`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(field, { minLength: 3, maxLength: 8 }),
        fc.integer({ min: 1, max: 7 }),
        async (texts, size) => {
          const names = [...new Set(texts)];
          fc.pre(names.length > 1);
          const lines = [...texts, ...texts].map((text, i) => `${i + 0.5},"${text.replaceAll('"', '""')}"`);
          const bytes = new TextEncoder().encode(`n,kind\n${lines.join("\n")}\n`);
          const cut = async function* () {
            for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
          };
          const { classNames, train } = await readTable(cut(), { testSplit: 0, label: "kind" });
          expect(Array.from(train.y, (label) => classNames![label])).toEqual([...texts, ...texts]);
        },
      ),
    );
  });

  it.each<[string, string, Partial<Record<"mean" | "median" | "drop", unknown>>]>([
    ["numbers", "n,m,y\n1,9,1.5\n2,8,2.5\nNA,7,3.5\n6,6,4.5\n", { mean: 3, median: 2, drop: undefined }],
  ])("fills in missing %s", async (_, csv, wanted) => {
    for (const [missing, value] of Object.entries(wanted)) {
      const { columns, x } = await whole(csv, { missing: missing as "mean" });
      expect(columns[0]!.missing).toBe(value);
      expect(x).toHaveLength(missing === "drop" ? 3 : 4);
    }
    expect(await failure(() => readTable(csv, { missing: "error" }), "DATA_FORMAT")).toContain(
      'line 4: "n" is missing',
    );
  });

  it.each(["", "NA", "N/A", "n/a", "NaN", "nan", "null", "?", " "])("takes %j as missing", async (gap) => {
    const { columns, notes } = await whole(`town,y\nRome,1.5\nOslo,2.5\nRome,3.5\n${gap},4.5\n`);
    expect(columns[0]).toMatchObject({ categories: ["Oslo", "Rome", "(missing)"], missing: "(missing)" });
    expect(notes.join()).toContain("missing values in town (1)");
  });

  it("takes the separator from a first line sep=, as Excel writes it, and counts lines with it", async () => {
    const text = "sep=|\r\na;b|y\r\n1|red\r\n2|blue\r\n3|red\r\n4|blue\r\n";
    const table = await readTable(text, { label: "y" });
    expect(table.columns.map(({ name }) => name)).toEqual(["a;b"]);
    expect(isTable(new TextEncoder().encode(text), true)).toBe(true);
    expect(await failure(() => readTable(`${text}5\n`, { label: "y" }), "DATA_FORMAT")).toMatch(
      /line 7 has 1 field/,
    );
  });

  it("tells of classes and categories that differ in case or blanks alone", async () => {
    const lines = Array.from(
      { length: 12 },
      (_, i) => `${i * i},${["Rome", "rome", "Oslo"][i % 3]},${i % 2 ? "red" : i % 4 ? "Red" : "blue"}`,
    );
    const { notes } = await readTable(`a,town,y\n${lines.join("\n")}\n`, { label: "y" });
    expect(notes).toContain(
      'classes that differ in case or blanks alone: "Red", "red"; write them alike if they are one',
    );
    expect(notes).toContain(
      'texts of "town" that differ in case or blanks alone: "Rome", "rome"; write them alike if they are one',
    );
  });

  it("divides two rows, one of each class", async () => {
    const { train, test } = await readTable("a,y\n1,red\n2,blue\n", { label: "y" });
    expect([train.shape, test.shape]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it.each([
    [
      "a page",
      "<!DOCTYPE html><html><body>404</body></html>",
      /^t: the file holds a page of HTML or XML; pass lines/,
    ],
    ["a page of lines", "<!DOCTYPE html>\n<p>a,b\n<p>c,d,e\n", /^t: the file holds a page of HTML or XML/],
    ["JSON", '{ "a": 1 }', /^t: the file holds JSON, of which lines are read from \.jsonl/],
    [
      "a title above the header",
      "# by me\na,b,y\n1,2,3\n",
      /^t: line 2 has 3 fields, the header has 1: "# by me"; make both alike, or remove what stands above/,
    ],
    [
      "numbers that 32 bits do not hold",
      "a,y\n1e300,1\n2,2\n3,1\n",
      /line 2: "a" is "1e300".*a number beyond 3\.4e38/,
    ],
  ])("refuses %s in its own words", async (_, text, message) => {
    expect(
      await failure(
        () => readTable(new TextEncoder().encode(text), { name: "t", label: "y" }),
        "DATA_FORMAT",
      ),
    ).toMatch(message);
  });

  it("refuses a spreadsheet, which is a zip file", async () => {
    const bytes = Uint8Array.of(0x50, 0x4b, 3, 4, ...new Array(100).fill(0));
    expect(await failure(() => readTable(bytes, { name: "t" }), "DATA_FORMAT")).toMatch(
      /^t: it is a zip file, as \.xlsx and \.ods are; save the table as CSV/,
    );
  });

  it("leaves rows without a label out, and says so", async () => {
    const { x, notes } = await whole("a,kind\n1.5,x\n2,\n3,y\n4,x\n");
    expect(x).toHaveLength(3);
    expect(notes).toContain("1 row without a label is left out");
  });

  it("leaves out what tells nothing, and says why", async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${i + 1},name ${i},same,,${(i % 5) + 0.5},${i % 7},${i % 2 ? "a" : "b"}`,
    );
    const { columns, notes } = await whole(`id,name,land,empty,n,m,kind\n${rows.join("\n")}\n`);
    expect(columns.map(({ name }) => name)).toEqual(["n", "m"]);
    expect(notes.slice(1)).toEqual([
      'left out: "id", since it counts the rows',
      'left out: "name", since each row has a text of its own',
      'left out: "land", since all rows have "same"',
      'left out: "empty", since it has no values',
    ]);
  });

  it("says which column is a clock, which would be learned like any other", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [
      (i * 0.02).toFixed(2),
      40 - i,
      i * i,
      i % 7,
      i % 2 ? "a" : "b",
    ]);
    const { columns, notes } = await whole(`t,left,squares,n,kind\n${rows.join("\n")}\n`);
    expect(columns.map(({ name }) => name)).toEqual(["t", "left", "squares", "n"]);
    expect(notes.slice(1)).toEqual([
      '"t" changes by 0.02 from row to row, as a clock does, and is an input; ignore it where it tells nothing',
      '"left" changes by -1 from row to row, as a clock does, and is an input; ignore it where it tells nothing',
    ]);
  });

  it("takes numbers as categories and texts in order where it is told", async () => {
    const csv = "zip,size,y\n10,small,1.5\n20,large,2.5\n10,medium,3.5\n";
    const { x } = await whole(csv, { categories: ["zip"], ordinal: { size: ["small", "medium", "large"] } });
    expect(x).toEqual([
      [1, 0, 0],
      [0, 1, 1],
      [1, 0, 0.5],
    ]);
  });

  it("guesses label and task by rules that it tells", async () => {
    const of = async (csv: string, options?: TableOptions) => {
      const { label, task, classNames, notes } = await whole(csv, options);
      return { label, task, classNames, note: notes[0] };
    };
    expect(await of("species,a,b\nx,1.5,2\ny,2,3\nx,3,4\n")).toMatchObject({
      label: "species",
      task: "classification",
    });
    expect(await of("a,b\n1.5,0\n2,1\n2.5,0\n3,1\n4,0\n5,1\n")).toMatchObject({
      label: "b",
      task: "classification",
      classNames: ["0", "1"],
    });
    expect((await of("a,b\n1.5,0\n2,1\n2.5,0\n3,1\n4,0\n5,1\n", { task: "regression" })).task).toBe(
      "regression",
    );
    expect((await of("a,won\n1,yes\n2,no\n3,yes\n")).classNames).toEqual(["no", "yes"]);
    for (const label of ["B", "b", 2, -1])
      expect((await of("a,b\n1.5,x\n2,y\n3,x\n", { label })).label).toBe("b");
  });

  it("holds out an equal share of each class, the same rows every time, and scales by the others", async () => {
    const csv = `n,kind\n${Array.from({ length: 50 }, (_, i) => `${i * 1.5},${i % 5 ? "many" : "few"}`).join("\n")}\n`;
    const one = await readTable(csv, { testSplit: 0.2, validationSplit: 0.25, seed: 3 });
    const few = (set: { y: ArrayLike<number> }) => Array.from(set.y).filter((y) => y === 0).length;
    expect([one.train, one.validation!, one.test].map((set) => [set.shape[0], few(set)])).toEqual([
      [30, 6],
      [10, 2],
      [10, 2],
    ]);
    expect(await readTable(csv, { testSplit: 0.2, validationSplit: 0.25, seed: 3 })).toEqual(one);
    const mean = Array.from(one.train.x).reduce((sum, value) => sum + value) / 30;
    expect(mean).toBeCloseTo(0, 6);
    expect(await readTable(csv, { seed: 4 })).not.toEqual(await readTable(csv));
  });

  it.each<[string, TableSource, string, TableOptions?]>([
    [
      "dates",
      "day,y\n2024-01-05,1.5\n2024-01-06,2.5\n",
      'column "day" holds dates or times, such as "2024-01-05" (line 2)',
    ],
    ["other dates", "day,y\n5.1.2024,1.5\n6.1.2024,2.5\n", 'column "day" holds dates'],
    ["American dates", "day,y\n1/5/2024 10:30 PM,1.5\n1/6/2024 1:00 AM,2.5\n", 'column "day" holds dates'],
    ["dates in words", "day,y\n5 Jan 2024,1.5\n6 Feb 2024,2.5\n", 'column "day" holds dates'],
    ["times", "at,y\n10:30,1.5\n11:00:02.5,2.5\n", 'column "at" holds dates or times'],
    [
      "ISO times",
      "at,y\n2024-01-05T10:30:00Z,1.5\n2024-01-05T10:30:01.123+02:00,2.5\n",
      'column "at" holds dates',
    ],
    ["compact dates", "day,y\n20240105,1.5\n20240106,2.5\n", 'column "day" holds dates'],
    [
      "Date objects",
      [
        { day: new Date(0) as unknown as string, y: 1.5 },
        { day: new Date(1) as unknown as string, y: 2 },
      ],
      'column "day" holds dates',
    ],
    ["ragged rows", "a,b\n1,2\n\n3\n", "line 4 has 1 field, the header has 2"],
    ["too many fields", "a,b\n1,2\n3,4,5\n", "line 3 has 3 fields, the header has 2"],
    ["an open quote", 'a,b\n1,2\n3,"x\n', "line 3: a quote is opened and never closed"],
    ["text behind a quote", 'a,b\n1,"x"y\n', "stands behind a closing quote"],
    [
      "thousands",
      'a,b\n1,"1,234"\n2,5\n3,6\n',
      '"b" is "1,234" where other rows have numbers; it has a thousands separator',
    ],
    ["thousands in all rows", 'a,b\n1.5,"1,234"\n2,"5,678"\n', "has a thousands separator"],
    ["points and commas", "a;b\n1.5;1,234\n2.5;3,5\n", "has a decimal point and"],
    ["percents", "a,b,y\n1,12%,3.5\n2,13%,4.1\n3,14%,5.2\n", "which has a percent sign"],
    [
      "numbers with a unit",
      `a,y\n${Array.from({ length: 20 }, (_, i) => `${50 + 7.5 * i} m²,${i}.5`).join("\n")}\n`,
      '"a" is "50 m²", a number with a unit; write plain numbers below a header such as "a (m²)"',
    ],
    ["money", "a,y\n$5,3.5\n$6,4.1\n$7.5,5.2\n", "which has a currency"],
    ["infinity", "a,y\nInfinity,1.5\n1,2.5\n2,3.5\n", 'line 2: "a" is "Infinity"'],
    ["numbers too large", "a,y\n1e999,1.5\n1,2.5\n2,3.5\n", 'line 2: "a" is "1e999"'],
    [
      "a word among numbers",
      "a,y\n1,1.5\nmany,2.5\n3,3.5\n",
      'line 3: "a" is "many" where other rows have numbers',
    ],
    ["two columns of one name", "a,a,y\n1,2,3\n", 'columns 1 and 2 are both called "a"'],
    ["one column", "a\n1\n2\n", "one column alone"],
    ["a header alone", "a,b\n", "a header and no rows"],
    ["nothing", "", "no rows"],
    ["one class", "a,kind\n1,x\n2,x\n", 'the label "kind" is "x" in all rows'],
    ["a label of names", "a,name\n1,x\n2,y\n3,z\n", "too many for classes"],
    ["columns that tell nothing", "id,kind\n1,x\n2,y\n3,x\n", 'no column is left to predict "kind" from'],
    ["bytes that are no UTF-8", Uint8Array.of(97, 44, 98, 10, 0xe9, 44, 49, 10), "no UTF-8 text"],
    ["zero bytes", Uint8Array.of(97, 0, 44, 0, 98, 0, 10, 0), "zero bytes"],
    ["nested objects", [{ a: { b: 1 } as unknown as string, y: 1 }], 'row 1, "a" is an object'],
  ])("refuses %s", async (_, source, message, options) => {
    const got = await failure(() => readTable(source, options), "DATA_FORMAT");
    expect(got).toContain(message);
    expect(got.length).toBeLessThan(500);
  });

  it.each<[string, TableOptions, string]>([
    ["an unknown label", { label: "prise" }, 'label: there is no column "prise"; did you mean price (€)?'],
    ["a label out of range", { label: 9 }, "there is no column 9; pass a name, or a number from 1 to 4"],
    ["an unknown column to leave out", { ignore: ["twon"] }, "did you mean town?"],
    ["regression of texts", { label: "town", task: "regression" }, "holds texts"],
    ["classes with fractions", { task: "classification" }, "has fractions"],
    ["a misspelt option", { lable: "price" } as TableOptions, '"lable" is unknown; did you mean label?'],
    [
      "an unknown task",
      { task: "clustering" as "regression" },
      'task: "clustering" is unknown. There are classification, regression',
    ],
    ["a share over 1", { testSplit: 20 }, "testSplit is 20"],
    ["a stride without a window", { stride: 5 }, "stride is of use with windows alone"],
    ["a text outside of the order", { ordinal: { town: ["Oslo"] } }, 'holds "Rome"'],
  ])("refuses %s", async (_, options, message) => {
    expect(await failure(() => readTable(houses, options), "INVALID_ARGUMENT")).toContain(message);
  });

  it("tells words about the user's table in an aborted reading", async () => {
    await failure(() => readTable(houses, { signal: AbortSignal.abort() }), "ABORTED");
  });
});

describe("readCsv", () => {
  it("reads a table in one set, as readTable would", async () => {
    const set = await readCsv(houses, { name: "houses.csv" });
    expect(set.shape).toEqual([5, 4]);
    expect(set.preparation!.target!.name).toBe("price");
    expect((await readCsv(`a,b,kind\n${"1.5,2,x\n3,4,y\n".repeat(4)}`)).classNames).toEqual(["x", "y"]);
  });

  it("takes whole numbers with a header that does not begin with the label as a table", async () => {
    const set = await readCsv(
      "age,pressure,target\n63,145,1\n41,130,0\n57,140,1\n48,120,0\n50,110,1\n60,150,0\n",
    );
    expect(set.shape).toEqual([6, 2]);
    expect(Array.from(set.y)).toEqual([1, 0, 1, 0, 1, 0]);
  });
});

function utf16(text: string, order: "le" | "be"): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 + 2 * text.length);
  const view = new DataView(bytes.buffer);
  for (const [i, sign] of [...`\ufeff${text}`].entries())
    view.setUint16(2 * i, sign.charCodeAt(0), order === "le");
  return bytes;
}

it("a console shows the sets of a table as a line", async () => {
  const { train } = await readTable("a,y\n1,2.5\n2,3.5\n3,4.5\n4,5.5\n5,6.5\n");
  expect(inspect(train)).toBe("Dataset: 4 examples of [1] (Float32Array), y: 4 of Float32Array");
});
