/** A model of `compare` as it is written: a network, and options of its own. */
import { Command } from "commander";
import { expect, it } from "vitest";
import { parseCandidate, passedOptions } from "../../cli/compare/candidate.ts";
import { addTrainOptions } from "../../cli/options/trainOptions.ts";

const known = passedOptions(addTrainOptions(new Command("train")).options);

it("has options of train, and those of its file as tune names them or as train does", () => {
  expect(parseCandidate("mlp-64:activation=sigmoid,seed=2", known)).toEqual({
    preset: "mlp-64",
    options: { activation: "sigmoid", seed: "2" },
  });
  for (const written of ["set.units=8,set.rate=0.5,seed=1", 'set="units=8,rate=0.5",seed=1'])
    expect(parseCandidate(`nets/mine.mjs:${written}`, known)).toEqual({
      preset: "nets/mine.mjs",
      options: { set: "units=8,rate=0.5", seed: "1" },
    });
});

it.each([
  ["mine.mjs:set.units", /option "set.units" is unknown/],
  ["mine.mjs:set.=8", /option "set." is unknown/],
  ["mlp-64:seed=1,seed=2", /seed is given twice/],
  ["mlp-64:no-cache", /no-cache is not a model's own; leave it out, or pass --no-cache for all runs/],
])("%s is refused", (text, words) => {
  expect(() => parseCandidate(text, known)).toThrow(words);
});
