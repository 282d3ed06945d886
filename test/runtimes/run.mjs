/**
 * The runtime matrix: `npm run test:runtimes`. Packs the package, installs it as a user would, brings the runtimes that
 * can be had, has each train the same runs, and holds their digests against test/golden/runtimes.json.
 *
 *   --only=node,chromium   rows whose id begins so; `first` is the first step of a page
 *   --no-table             leaves docs/runtimes.md as it is
 *   --no-times             digests alone, without the speeds that only a quiet machine tells; no table then
 *   --no-skip              a runtime that cannot be had is a failure
 *
 * The table is written when every row has been run on this tarball, in one go or by and by.
 * Ends with 1 where a digest differs or a runtime that is here fails; what cannot be installed is skipped, by name.
 * Where kernels have changed on purpose: ANYGRAD_PIN=1 npx vitest run test/runtimes
 */
import { parseArgs } from "node:util";
import { firstSteps } from "./firstStep.mjs";
import { Missing } from "./install.mjs";
import { runRow } from "./matrix.mjs";
import { outcomesOf } from "./results/outcomes.mjs";
import { machineName, table, writeTable } from "./results/table.mjs";
import { createWorkplace } from "./workplace.mjs";

const drivers = [
  "process/node",
  "process/deno",
  "process/bun",
  "edge/workerd",
  "edge/edgeRuntime",
  "edge/next",
  "browser/chromium",
  "browser/firefox",
  "browser/webkit",
  "browser/vite",
  "browser/webpack",
];

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    table: { type: "boolean", default: true },
    times: { type: "boolean", default: true },
    skip: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const wanted = (id) => values.only?.split(",").some((start) => id.startsWith(start)) ?? true;
const all = (await Promise.all(drivers.map((name) => import(`./drivers/${name}.mjs`)))).flatMap(
  (driver) => driver.rows,
);
const rows = all.filter(({ id }) => wanted(id));
if (rows.length === 0 && !wanted("first")) {
  console.error(
    `test:runtimes: no row begins with ${values.only}; there are ${all.map(({ id }) => id).join(", ")}`,
  );
  process.exit(2);
}

const began = performance.now();
const elapsed = () => `${Math.round((performance.now() - began) / 1000)} s`;
const open = new Set();
const workplace = await createWorkplace();
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, async () => {
    for (const session of open) await session.kill();
    await workplace.remove();
    process.exit(1);
  });

const kept = outcomesOf(workplace.tarball);
const outcomes = [];
try {
  const reference = values.times ? await openReference() : undefined;
  console.log(
    `${workplace.tarball.filename} packed${reference ? `; times beside Node ${reference.version}` : ""}`,
  );
  for (const row of rows) {
    const outcome = await outcomeOf(row, reference);
    if (reference) kept.keep(row.id, outcome);
    outcomes.push({ row, ...outcome });
  }
  if (reference && wanted("first")) kept.keepFirstStep(await firstSteps(workplace.root));
  await reference?.close();
  if (reference) {
    const known = all.flatMap((row) => (kept.rows[row.id] ? [{ row, ...kept.rows[row.id] }] : []));
    const text = table(known, {
      firstStep: kept.firstStep,
      reference: reference.version,
      tarball: workplace.tarball,
      machine: machineName(),
    });
    if (values.table && known.length === all.length) await writeTable(text);
    else console.log(`\n${text}`);
  }
} finally {
  for (const session of open) await session.kill();
  await workplace.remove();
}

const count = (state) => outcomes.filter((outcome) => outcome.state === state).length;
console.log(
  `\nruntimes: ${count("equal")} equal, ${count("wrong")} wrong, ${count("failed")} failed, ${count("skipped")} skipped, ${elapsed()}`,
);
for (const { row, state, reason } of outcomes)
  if (state === "skipped" || state === "failed") console.log(`  ${state}: ${row.name}: ${reason}`);
const skipped = values.skip ? 0 : count("skipped");
process.exitCode = count("wrong") + count("failed") + skipped > 0 ? 1 : 0;

/** The newest Node, or where it cannot be had this one. */
async function openReference() {
  const { rows: nodes } = await import("./drivers/process/node.mjs");
  const session = await nodes
    .at(-1)
    .open(workplace)
    .catch(() =>
      nodes.find(({ id }) => id === `node-${process.versions.node.split(".")[0]}`).open(workplace),
    );
  open.add(session);
  return session;
}

async function outcomeOf(row, reference) {
  console.log(`\n${row.name}, at ${elapsed()}`);
  let session;
  try {
    session = await row.open(workplace);
    open.add(session);
    console.log(`  version ${session.version}`);
    const result = await runRow(row, session, reference?.ask, (text) => console.log(`  ${text}`));
    await session.close();
    open.delete(session);
    return { state: result.wrong.length > 0 ? "wrong" : "equal", result };
  } catch (error) {
    await session?.kill();
    open.delete(session);
    const state = error instanceof Missing ? "skipped" : "failed";
    console.log(`  ${state}: ${error.message}`);
    return { state, reason: error.message };
  }
}
