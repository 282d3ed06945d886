/** The page's side of a run: the user's callbacks, called as `fit` would call them, and what they did to the run. */

import { AnygradError } from "../errors.ts";
import type { Snapshot } from "../io/snapshot.ts";
import type { NamedWeight } from "../model/network/parameters.ts";
import {
  type Callback,
  callbackList,
  checkLearningRate,
  type EpochLogs,
  type HookName,
  hookNames,
  type StepLogs,
  type TrainingRun,
  unnamedReason,
  withLastSave,
} from "../model/training/callbacks/callback.ts";
import type { FitOptions } from "../model/training/options.ts";
import type { OpenBatches, SourceReader } from "../model/training/stream/reader.ts";
import type { StreamPosition } from "../model/training/stream/source.ts";
import type { HookCall, HookReply } from "./messages/protocol.ts";
import { owned } from "./messages/transfer.ts";

export class PageRun {
  readonly #callbacks: readonly Callback[];
  readonly #signal: AbortSignal | undefined;
  readonly #abort: () => void;
  readonly #streams: { readonly reader: SourceReader; open: OpenBatches | undefined }[] = [];
  /** What a callback, or a stream, threw last: itself, not what the worker made of it. */
  #thrown: { readonly error: unknown } | undefined;

  /** @param abort tells the worker */
  constructor({ callbacks, signal }: Pick<FitOptions, "callbacks" | "signal">, abort: () => void) {
    this.#callbacks = callbackList(callbacks);
    this.#signal = signal;
    this.#abort = abort;
    signal?.addEventListener("abort", abort);
  }

  get aborted(): boolean {
    return this.#signal?.aborted ?? false;
  }

  end(): void {
    this.#signal?.removeEventListener("abort", this.#abort);
    // the worker may have ended before it could say that it wants no more
    for (const stream of this.#streams.keys()) this.closeStream(stream).catch(() => {});
  }

  /** The error as the page would have seen it without a worker. */
  explain(error: unknown): unknown {
    if (this.#thrown) return this.#thrown.error;
    if (this.aborted && error instanceof AnygradError && error.code === "ABORTED")
      return new AnygradError("ABORTED", error.message, { cause: this.#signal?.reason });
    return withLastSave(error, this.#callbacks);
  }

  /** The hooks that each callback has; the worker asks for no others. */
  get hooks(): HookName[][] {
    return this.#callbacks.map((callback) =>
      // what keeps a state is asked for it from the beginning
      hookNames.filter((name) => callback[name] || (name === "onTrainBegin" && callback.save)),
    );
  }

  /** Keeps a stream, to give its batches when the worker asks. @returns its place */
  addStream(stream: SourceReader): number {
    return this.#streams.push({ reader: stream, open: undefined }) - 1;
  }

  async nextBatch(stream: number, position: StreamPosition | undefined): Promise<unknown> {
    const kept = this.#streams[stream]!;
    try {
      if (position) kept.open = await kept.reader.open(position, this.#signal);
      return owned(await kept.open!.next(this.#signal));
    } catch (error) {
      this.#thrown = { error };
      throw error;
    }
  }

  async closeStream(stream: number): Promise<void> {
    const { open } = this.#streams[stream]!;
    this.#streams[stream]!.open = undefined;
    await open?.close();
  }

  async call(call: HookCall): Promise<HookReply> {
    const control = new PageControl(call);
    const callback = this.#callbacks[call.callback]!;
    try {
      await callHook(callback, call, control);
      return control.reply(callback.save && owned(callback.save()));
    } catch (error) {
      this.#thrown = { error };
      throw error;
    }
  }

  restore(callback: number, state: Snapshot): void {
    try {
      this.#callbacks[callback]!.restore?.(state);
    } catch (error) {
      this.#thrown = { error };
      throw error;
    }
  }
}

function callHook(callback: Callback, { hook, epoch, logs }: HookCall, run: TrainingRun): unknown {
  switch (hook) {
    case "onTrainBegin":
      return callback.onTrainBegin?.(run);
    case "onEpochBegin":
      return callback.onEpochBegin?.(epoch, run);
    case "onStepEnd":
      return callback.onStepEnd?.(logs as StepLogs, run);
    case "onEpochEnd":
      return callback.onEpochEnd?.(epoch, logs as EpochLogs, run);
    case "onTrainEnd":
      return callback.onTrainEnd?.(run);
    default:
      return undefined; // states come with the replies
  }
}

class PageControl implements TrainingRun {
  readonly model: TrainingRun["model"];
  readonly epochs: number;
  readonly stepsPerEpoch: number | undefined;
  #learningRate: number;
  #changedRate = false;
  #stopped: string | undefined;
  #written: NamedWeight[] | undefined;

  constructor({ epochs, stepsPerEpoch, learningRate, weights }: HookCall) {
    this.epochs = epochs;
    this.stepsPerEpoch = stepsPerEpoch;
    this.#learningRate = learningRate;
    this.model = {
      getWeights: () => {
        const known = this.#written ?? weights;
        if (known) return owned([...known]);
        throw new AnygradError(
          "UNSUPPORTED",
          "getWeights: a step's hook does not bring the weights to the page; call await net.getWeights() on the model in the worker",
        );
      },
      setWeights: (list) => {
        this.#written = owned(list);
      },
    };
  }

  get learningRate(): number {
    return this.#learningRate;
  }

  set learningRate(value: number) {
    this.#learningRate = checkLearningRate(value);
    this.#changedRate = true;
  }

  stop(reason = unnamedReason): void {
    this.#stopped ??= reason;
  }

  reply(state: Snapshot | undefined): HookReply {
    return {
      state,
      stop: this.#stopped,
      learningRate: this.#changedRate ? this.#learningRate : undefined,
      weights: this.#written,
    };
  }
}
