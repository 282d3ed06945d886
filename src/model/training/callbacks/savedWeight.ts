/** A weight among what a callback has saved, such as the best of a run. */
import type { Snapshot } from "../../../io/snapshot.ts";
import { SnapshotReader } from "../../../io/snapshotReader.ts";
import type { NamedWeight } from "../../network/parameters.ts";

/** @throws AnygradError DATA_FORMAT */
export function savedWeight(saved: Snapshot): NamedWeight {
  const weight = new SnapshotReader("a weight of a callback", saved);
  return { name: weight.text("name"), shape: weight.numbers("shape"), data: weight.floats("data") };
}
