/** Finds what is of the user's own among options; imported when something is saved, loaded or sent to a worker. */
import { isOwn, type Own } from "./definition.ts";

/** All that is of the user's own in a value: itself, and what is among options, however deep. */
export function ownIn(value: unknown): Own[] {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [];
  if (Array.isArray(value)) return value.flatMap(ownIn);
  const { config } = value as Partial<Own>;
  const inner = Object.values(typeof config === "object" ? config : value).flatMap(ownIn);
  return isOwn(value) ? [value, ...inner] : inner;
}
