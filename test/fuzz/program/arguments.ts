/** What is typed behind `anygrad`: every command's options are read, and nothing is done; and texts that have a grammar of their own. */
import type { Command } from "commander";
import { parseAugment } from "../../../cli/options/augment.ts";
import { parseSet } from "../../../cli/options/setOptions.ts";
import { parseShapes } from "../../../cli/options/shapes.ts";
import { exitCodes, failureOf } from "../../../cli/process/failure.ts";
import { flagsOf } from "../../../cli/process/flags.ts";
import { program } from "../../../cli/program.ts";
import { checkText, passed } from "../judge.ts";
import { encoded, text } from "../parts.ts";
import type { Target } from "../target.ts";

/** The program whose commands do nothing. */
function idle(): Command {
  const root = program(new AbortController().signal);
  const silence = (command: Command): void => {
    command.configureOutput({ writeErr: () => {}, writeOut: () => {} });
    if (command.commands.length === 0) command.action(() => {});
    for (const child of command.commands) silence(child);
  };
  silence(root);
  return root;
}

const lines = [
  "train cnn-32-32 --epochs 3 --learning-rate 0.01 --augment shift=2,rotation=10,flip,elastic=34:4 --optimizer adam",
  "tune mlp-64 --search learning-rate=1e-4..1e-1:log --search optimizer=sgd,adam --trials 8 --method random",
  "compare mlp-64,cnn-32-32:dropout=0.3 --seeds 3 --fair --out x",
  "predict model.safetensors a.png b.png --top 3 --json --shapes image=3x224x224",
  "train --model net.mjs --set units=32,depth=2 --validation-split 0.1 --checkpoint 5m --keep 3 --schedule cosine",
  "export m --out m.onnx --weights int8 --keep dense --dataset d.csv --label price --categories a,b",
  "data info set.csv --separator ; --missing drop --window 5 --horizon 1",
  "shift=2,rotation=10,flip=both,elastic=34:4",
  "a=3x?x5,b=1x2",
  "units=32,name=x,on=true",
];

export const target: Target = {
  async seeds() {
    return lines.map(encoded);
  },
  async read(bytes) {
    const typed = text(bytes);
    for (const parse of [parseAugment, parseSet, parseShapes]) await passed(() => void parse(typed));
    const root = idle();
    try {
      await root.parseAsync(typed.split(" "), { from: "user" });
    } catch (error) {
      const { exitCode, message } = failureOf(error, flagsOf(root));
      if (exitCode === exitCodes.fault) throw error;
      if (message !== undefined) checkText(message);
    }
  },
  words: [
    "--help",
    "--version",
    "--seed",
    "--out",
    "--from",
    "--resume",
    "NaN",
    "1e999",
    "0x10",
    "--",
    "-V",
    "..",
    ":log",
    ":points=4",
    "auto",
  ],
};
