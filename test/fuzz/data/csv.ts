/** `readCsv`, lines of a label and pixels, and `readTable`, with what a model does with its rows. */
import { readCsv } from "../../../src/data/csv.ts";
import { readTable } from "../../../src/data/readTable.ts";
import { passed } from "../judge.ts";
import { encoded } from "../parts.ts";
import type { Target } from "../target.ts";

const tables = [
  "size (m²),town,price (€)\n50,Rome,200000.5\n80,Oslo,420000\n65,Rome,250000\n90,Oslo,480000\n70,Rome,270000\n",
  "a;b;c\n1,5;2024-01-02;x\n2,5;2024-02-03;y\n;2024-03-04;x\n4,5;;y\n5;2024-01-05;x\n6;2024-01-06;y\n",
  'name\t"a ""quoted"" one"\tkind\n"a\nb"\t1e3\tyes\nc\t-.5\tno\nd\t7\tyes\ne\t8 %\tno\nf\t9\tyes\n',
  "0,0,255,3,4\n1,5,6,7,8\n0,9,10,11,12\n1,13,14,15,16\n0,17,18,19,20\n",
  "label|1x1|1x2\ncat|0.5|1\ndog|1|0\ncat|1|1\ndog|0|0\ncat|0|1\n",
];

export const target: Target = {
  async seeds() {
    return tables.map(encoded);
  },
  async read(bytes) {
    const given = bytes as Uint8Array<ArrayBuffer>;
    await passed(() => readCsv(given));
    const { train, classNames, ...read } = await readTable(given, { name: "table" });
    const like = { preparation: train.preparation!, ...(classNames && { classNames }) };
    const again = await readTable(given, { name: "table", like });
    if (again.task !== read.task || again.label !== read.label)
      throw new Error(`the table is another one to its own model: ${again.task} of ${again.label}`);
  },
  words: [
    "label",
    "target",
    "class",
    "NaN",
    "1e999",
    "0x10",
    '""',
    "\r\n",
    "yes",
    "2024-12-31",
    "€",
    "\ufeff",
  ],
};
