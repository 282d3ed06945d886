/**
 * Power cuts on a real file system: ext4 in an image on a loop device, which a command trains on. Before each of its file operations
 * the image is copied as the device has it then, without what the system still keeps in memory, and each copy is mounted, which
 * replays its journal, and gone on with. A control, in which fsync does nothing, must lose the run.
 *
 * Needs Linux, root, loop devices and mkfs.ext4; where they are missing `reasonAgainst` says which.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { anygrad, finishedDigest } from "./commands.mjs";

const bytes = 32 * 2 ** 20;
/** Nothing comes to the disk but by fsync: no commit for minutes, no rename that flushes what it replaces. */
const mounting = "loop,noauto_da_alloc,commit=300";

function system(command, ...args) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0)
    throw new Error(`${command} ${args.join(" ")}: ${(error?.message ?? stderr.trim()) || status}`);
}

/** A file system in an image. @returns unmount */
function mounted(image, at) {
  mkdirSync(at, { recursive: true });
  system("mount", "-o", mounting, image, at);
  return () => system("umount", at);
}

function makeImage(image) {
  system("truncate", "-s", String(bytes), image);
  system("mkfs.ext4", "-q", "-F", image);
}

/** Why it cannot be done here; undefined: it can. */
export function reasonAgainst(base) {
  if (process.platform !== "linux") return "loop devices are Linux's";
  if (process.getuid() !== 0) return "only root may mount";
  const image = join(base, "trial.img");
  try {
    makeImage(image);
    mounted(image, join(base, "trial"))();
  } catch (error) {
    return error.message;
  } finally {
    rmSync(image, { force: true });
  }
}

/** A command on a device of its own; copies of it before every operation and at the end. @param deaf whether fsync does nothing */
async function copied(base, name, scenario, deaf) {
  const [image, at, copies] = ["img", "disk", "copies"].map((end) => join(base, `${name}.${end}`));
  makeImage(image);
  mkdirSync(copies);
  const unmount = mounted(image, at);
  try {
    const out = join(at, "run");
    scenario.begin(base, out);
    system("sync", "-f", at);
    const fault = { folder: out, mode: "copy", who: "any", image, copies, deaf };
    // one process at a time: a copy is made of what lies still
    const args = scenario.args(out).map((arg, i, all) => (all[i - 1] === "--jobs" ? "1" : arg));
    const { code, stderr } = await anygrad(args, { fault });
    if (code !== 0) throw new Error(`${scenario.name} on a device: ${stderr}`);
    system("cp", "--sparse=always", image, join(copies, "end.img"));
  } finally {
    unmount();
  }
  return { copies, names: readdirSync(copies).filter((each) => each !== "end.img") };
}

/** Looks at a copy. */
async function inCopy(copies, name, look) {
  const at = join(copies, name.replace(".img", ""));
  const unmount = mounted(join(copies, name), at);
  try {
    return await look(join(at, "run"));
  } finally {
    unmount();
    rmSync(join(copies, name));
  }
}

/** Whether a scenario leaves one run. */
const isTraining = ({ name }) => /^(train|resume)/.test(name);

/** @param every how many operations lie between two copies that are looked at */
export async function deviceCuts(base, scenarios, expected, every, each) {
  const faults = [];
  let count = 0;
  for (const [i, scenario] of scenarios.entries()) {
    const { copies, names } = await copied(base, `device-${i}`, scenario, false);
    const chosen = names.filter((_, place) => place % every === every >> 1);
    await each(chosen, async (name) => {
      const fault = await inCopy(copies, name, (out) =>
        scenario.check(anygrad, out, expected, Number.parseInt(name, 10)),
      );
      if (fault)
        faults.push(`${scenario.name}, device before operation ${Number.parseInt(name, 10)}: ${fault}`);
    });
    const isWhole = (out) => (isTraining(scenario) ? finishedDigest(out) === expected.S : true);
    if (!(await inCopy(copies, "end.img", isWhole)))
      faults.push(`${scenario.name}, device after its end: lost`);
    count += chosen.length + 1;
    rmSync(copies, { recursive: true });
  }
  const control = isTraining(scenarios[0]) && (await copied(base, "device-control", scenarios[0], true));
  if (control && (await inCopy(control.copies, "end.img", finishedDigest)) === expected.S)
    faults.push("the control: without fsync the run is there all the same, so that nothing is seen");
  return { faults, count };
}
