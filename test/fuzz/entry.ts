/** What Jazzer.js imports: the target that the environment names, judged. */
import { judge, passed } from "./judge.ts";
import { targets } from "./targets.ts";

const { target } = await targets[process.env.FUZZ_TARGET ?? ""]!();
// what is imported late is imported, and given its counters, before the time of an input is measured
for (const seed of await target.seeds()) await passed(() => target.read(seed));

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  console.error(`processor seconds: ${Math.round((user + system) / 1e6)}`);
});

export const fuzz = (bytes: Uint8Array): Promise<void> => judge(target, Uint8Array.from(bytes));
