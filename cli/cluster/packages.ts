/** BullMQ and its client of Redis: packages that users install who want a queue, loaded by the commands that have one. */
import { AnygradError, codeOf } from "../../src/errors.ts";

export type Bull = typeof import("bullmq");
export type Redis = import("ioredis").Redis;

export interface QueuePackages {
  readonly bull: Bull;
  readonly Redis: typeof import("ioredis").Redis;
}

/** @throws AnygradError UNSUPPORTED where they are not installed */
export async function queuePackages(): Promise<QueuePackages> {
  try {
    const [bull, { Redis }] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { bull, Redis };
  } catch (error) {
    if (codeOf(error) !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new AnygradError(
      "UNSUPPORTED",
      "--queue needs BullMQ, which anygrad does not bring; npm install bullmq ioredis, beside anygrad",
      { cause: error },
    );
  }
}
