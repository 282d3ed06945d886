/**
 * The control run: a short training whose digest tells whether two machines compute the same bits. It passes through what networks have
 * most: convolution, batch normalisation, pooling, exponentials, Adam.
 */

import { AnygradError } from "../../src/errors.ts";
import type { ChildPool } from "../process/childRun.ts";
import { version } from "../process/packageRoot.ts";
import type { Build } from "./job.ts";

const controlRun = ["cnn-bn-sigmoid", "--limit", "100", "--epochs", "1", "--seed", "1", "--threads", "1"];

/** @param fast whether trials use --precision fast, whose bits depend on the machine */
export async function buildOf(pool: ChildPool, fast: boolean): Promise<Build> {
  const end = await pool.run([...controlRun, ...(fast ? ["--precision", "fast"] : [])]);
  if (end.kind === "done") return { anygrad: version(), control: end.record.digest };
  if (end.kind === "stopped") throw new AnygradError("ABORTED", "stopped; nothing was written");
  const reason = end.kind === "paused" ? "it has paused" : end.reason;
  throw new AnygradError(
    "UNSUPPORTED",
    `the control run, which all machines must agree on, failed here: ${reason}`,
  );
}
