/** Schedules as saved models give them. Apart from the others: it knows every kind, which training alone does not need. */
import { AnygradError, quote } from "../../errors.ts";
import { kindNamed, type SavedKind } from "../../registry.ts";
import * as kinds from "./kinds.ts";
import type { Schedule } from "./schedule.ts";

/** The schedule that `{ type, config }` describes. @throws AnygradError INVALID_ARGUMENT for an unknown type or a bad option */
export function scheduleFromConfig(saved: SavedKind): Schedule {
  const { type, config } = saved ?? {};
  if (typeof config !== "object" || config === null)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `schedules: ${quote(saved)} is unknown; pass { type, config } with a type of ${Object.keys(kinds).join(", ")}`,
    );
  // What a file holds is unchecked until the factory looks at it; each looks at every option.
  const make = kindNamed("schedules", type, kinds) as (options: object) => Schedule;
  // one that holds another, such as a warm-up, holds it as data
  return make(
    "schedule" in config ? { ...config, schedule: scheduleFromConfig(config.schedule as SavedKind) } : config,
  );
}
