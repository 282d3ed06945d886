/** What a log of a run is: a place that takes down its steps or epochs while it trains, for programs that watch it. */
import type { Snapshot } from "../../src/io/snapshot.ts";
import type { SnapshotReader } from "../../src/io/snapshotReader.ts";
import type { NamedWeight } from "../../src/model/network/parameters.ts";

/** An entry of a log. Epochs and steps count from 1, as in history.csv: how many are done. */
export interface LogRecord {
  readonly event: "step" | "epoch";
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly epoch: number;
  /** Epochs of the whole run. */
  readonly epochs: number;
  /** The optimizer's steps that are done, over all epochs. */
  readonly step: number;
  /** Loss, metrics, `learningRate`, `examplesPerSecond`, of an epoch `val_…` and `seconds`, too. */
  readonly scores: Readonly<Record<string, number>>;
  /** The weights as they are now. */
  readonly weights: () => readonly NamedWeight[];
}

/**
 * A log in one or several files. A checkpoint holds its `state`; a run that goes on from it takes away what came after, so that no
 * entry is there twice and none is missing.
 */
export interface RunLog {
  /** Shows that it can be written to, before the work starts. @throws AnygradError OUTPUT */
  open(): void;
  /** A new run: what another has left here is replaced. @throws AnygradError OUTPUT */
  begin(): void;
  /**
   * Goes on behind what was there in this state.
   * @param step the optimizer's steps that were done then
   * @returns what was lost since then by others; undefined: nothing
   * @throws AnygradError OUTPUT
   */
  resume(state: SnapshotReader, step: number): string | undefined;
  /** Has the entry written when it returns. @throws AnygradError OUTPUT; then it is tried again with the next one */
  write(record: LogRecord): void;
  /** Brings all that was written to the disk. @throws AnygradError OUTPUT */
  sync(): void;
  /** What `resume` takes. */
  state(): Snapshot;
  close(): void;
}
