/** From a network to one with weights, and what they take: compiling, and giving them back. */
import type { Engine } from "../autograd/engine.ts";
import { AnygradError } from "../errors.ts";
import type { Loss } from "../losses/index.ts";
import { strictOptions } from "../math/options.ts";
import type { ModelState } from "./state.ts";
import { type Compiled, type CompileOptions, compile, compileNames } from "./training/context.ts";
import type { RunPlan } from "./training/run/state.ts";

/** @throws AnygradError as `net.compile` does; NOT_READY during a run, whose weights it would take away */
export async function compileModel(state: ModelState, options: CompileOptions): Promise<void> {
  if (state.training)
    throw new AnygradError(
      "NOT_READY",
      "compile: the model is training; await fit, or leave the loop over train, before you compile again",
    );
  const compiling = build(state, options);
  state.compiling = compiling;
  try {
    await compiling;
  } finally {
    if (state.compiling === compiling) state.compiling = undefined;
  }
}

async function build(state: ModelState, options: CompileOptions): Promise<void> {
  const given = strictOptions("compile", options, compileNames);
  if (!state.network && state.begin) {
    state.waiting = given; // for the data that say the shape of an example
    return;
  }
  const before = state.compiled;
  const engine = given.engine ?? before?.engine;
  const compiled = await compile(
    state.graph,
    state.seed,
    engine ? { ...given, engine } : given,
    state.awaited,
  ).catch(async (error) => {
    throw (await import("./memory/explained.ts")).explained(state, {}, error);
  });
  state.compiled = compiled;
  if (!before) return;
  // in one engine they are the same
  if (before.engine !== compiled.engine) compiled.parameters.write(before.parameters.read());
  release(before);
}

/** How a model was compiled and how its last run was set up. */
export interface Setup {
  readonly optimizer: string;
  readonly loss: string;
  readonly plan: RunPlan | undefined;
  readonly stepsPerEpoch: number | undefined;
}

/** How it was compiled, for reports. */
export function setupOf({ updater, heads, run }: Compiled): Setup {
  return {
    optimizer: updater.optimizer.type,
    loss: heads.map(({ loss }) => loss.type ?? "own").join(", "),
    plan: run?.plan,
    stepsPerEpoch: run?.stepsPerEpoch,
  };
}

/** What a model has that was built for predictions alone, also in files: `import` gives one, unless the file says how it was compiled. */
export function noLoss(): Loss {
  const absent = (action: string): never => {
    throw new AnygradError(
      "NOT_READY",
      `${action}: the model has no loss; await net.compile({ optimizer, loss })`,
    );
  };
  return { type: "none", config: {}, targets: "dense", absent, call: () => absent("fit") };
}

/** Weights without a loss. @throws AnygradError as `net.build` does */
export async function buildModel(state: ModelState, given: { engine?: Engine }): Promise<void> {
  const { waiting } = state;
  delete state.waiting;
  if (waiting) return compileModel(state, { ...waiting, ...given });
  if (state.compiled && (!given.engine || given.engine === state.compiled.engine)) return;
  const none = noLoss();
  const loss = state.graph.forms.outputs === "one" ? none : state.graph.outputs.map(() => none);
  return compileModel(state, { loss, ...given });
}

/** Gives the memory of weights, optimizer and averages back. */
export function release({ parameters, updater, run }: NonNullable<ModelState["compiled"]>): void {
  run?.average?.release();
  parameters.release();
  updater.release();
}
