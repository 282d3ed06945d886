/**
 * `--queue`: where the queue is, `redis://host:6379/0?prefix=mine&lock=10`, with TLS as `rediss://`. User and password come from there
 * or, as other users of a machine see command lines, from the environment. Nothing shown or written has them.
 */
import { AnygradError } from "../../../src/errors.ts";

export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  readonly database: number;
  readonly tls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** What all keys begin with: projects that share a Redis have one each. */
  readonly prefix: string;
  /** How long a worker need not be heard of before its trials go to others. */
  readonly lockMilliseconds: number;
  /** The address without secrets. */
  readonly shown: string;
}

/** Variables of the environment that hold what should not stand on a command line. */
export const userVariable = "ANYGRAD_QUEUE_USER";
export const passwordVariable = "ANYGRAD_QUEUE_PASSWORD";

const DEFAULT_PREFIX = "anygrad";
const DEFAULT_LOCK_SECONDS = 30;

/** @throws AnygradError INVALID_ARGUMENT */
export function queueAddress(text: string, env: NodeJS.ProcessEnv = process.env): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["redis:", "rediss:"].includes(url.protocol) || url.hostname === "")
    throw refusal(
      `is no address of a Redis; pass it as redis://HOST:6379, or rediss://HOST:6379 with TLS, user and password by ${userVariable} and ${passwordVariable}`,
    );
  const database = url.pathname.replace(/^\//, "");
  if (!/^\d*$/.test(database))
    throw refusal(`names the database "${database}"; pass its number, as in redis://HOST:6379/0`);
  if (url.hash !== "") throw refusal("has a part behind #, which means nothing; write # itself as %23");
  for (const name of url.searchParams.keys()) {
    if (name !== "prefix" && name !== "lock")
      throw refusal(`has ?${name}=, which is unknown; known are prefix=NAME and lock=SECONDS`);
    if (url.searchParams.getAll(name).length > 1) throw refusal(`has ${name}= more than once; leave one`);
  }
  const prefix = url.searchParams.get("prefix") ?? DEFAULT_PREFIX;
  if (!/^[\w.-]{1,50}$/.test(prefix))
    throw refusal("has a prefix that is none; pass up to 50 letters, digits, dots and dashes");
  const lock = Number(url.searchParams.get("lock") ?? DEFAULT_LOCK_SECONDS);
  if (!(lock >= 1 && lock <= 3600)) throw refusal("has a lock that is none; pass 1 to 3600 seconds");
  const secret = (part: string, variable: string): string | undefined =>
    decoded(part) || env[variable] || undefined;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port || 6379),
    database: Number(database || 0),
    tls: url.protocol === "rediss:",
    username: secret(url.username, userVariable),
    password: secret(url.password, passwordVariable),
    prefix,
    lockMilliseconds: lock * 1000,
    shown: `${url.protocol}//${url.host}${database === "" ? "" : `/${database}`}`,
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw refusal(
      `has a % in user or password that begins no code; write % itself as %25, or pass them by ${userVariable} and ${passwordVariable}`,
    );
  }
}

// the text itself is not quoted: it may hold a password
function refusal(what: string): AnygradError {
  return new AnygradError("INVALID_ARGUMENT", `--queue ${what}`);
}
