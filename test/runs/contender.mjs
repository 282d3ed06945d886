// Locks a folder again and again, says where another process is in it, too, and at one time in so many dies within it; outputFolder.test.ts
// starts several: MODULE FOLDER ROUNDS ODDS
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const [module, folder, rounds, odds] = process.argv.slice(2);
const { lockFolder, isRunning } = await import(module);
const inside = join(folder, "inside");
for (let i = 0; i < Number(rounds); i++) {
  const lock = await lockFolder(folder, folder, "test", 60_000);
  try {
    writeFileSync(inside, String(process.pid), { flag: "wx" });
  } catch {
    const other = Number(readFileSync(inside, "utf8"));
    // a killed one counts as running until its parent has been told
    for (let waited = 0; isRunning(other) && waited < 50; waited++) await pause(20);
    if (isRunning(other)) console.log(`${process.pid} is in it, and ${other}, too`);
    writeFileSync(inside, String(process.pid)); // that one has died there
  }
  await pause(1);
  if (Math.random() * Number(odds) < 1) process.kill(process.pid, "SIGKILL");
  rmSync(inside);
  await lock.release();
}
