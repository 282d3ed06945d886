/** What run.json says of a network: the options of a preset; of a file its name, what it held and what its function was given. */
import { type NetworkCliOptions, networkOptions } from "../options/networkOptions.ts";
import { setText } from "../options/setOptions.ts";
import { fileDigest } from "./modelFile.ts";
import type { NetworkSource } from "./network.ts";

export async function networkRecord(
  { isFile, argument, name, record }: NetworkSource,
  options: NetworkCliOptions,
): Promise<Readonly<Record<string, unknown>>> {
  if (record) return record;
  if (!isFile) return { ...networkOptions(options) };
  const { set } = options;
  return { file: name, sha256: await fileDigest(argument), ...(set && { set: setText(set) }) };
}
