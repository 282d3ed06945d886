/**
 * Downloads a published file. Its size and SHA-256 are checked, as far as they are known, before a byte of it is used.
 *
 * A download is given up when no byte has arrived for a time, and when the whole takes too long. A file whose hash is not known is only
 * taken over https, or from this machine: nobody on the way could have changed it.
 */
import { AnygradError } from "../../errors.ts";
import type { Host } from "../../runtime/host.ts";

/** How far the download of one file is. */
export interface DownloadProgress {
  /** The file's name, such as "train-images-idx3-ubyte.gz". */
  readonly file: string;
  /** Bytes that have arrived. */
  readonly receivedBytes: number;
  /** Bytes that the whole file has; undefined where neither we nor the server know. */
  readonly totalBytes: number | undefined;
}

/** Options of a download. */
export interface DownloadOptions {
  /** Ends the download; the error has the code ABORTED. */
  readonly signal?: AbortSignal;
  /** Called whenever bytes have arrived. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Milliseconds without a byte after which a download is given up. Default 30,000. */
  readonly idleTimeout?: number;
  /** Milliseconds after which the download of a file is given up as a whole. Default 3,600,000, an hour. */
  readonly timeout?: number;
}

interface Expected {
  readonly name: string;
  readonly bytes?: number;
  /** Hex SHA-256. */
  readonly sha256?: string;
}

/** Whether these are the bytes that were published. */
export async function matches(bytes: Uint8Array, expected: Expected): Promise<boolean> {
  if (expected.bytes !== undefined && bytes.length !== expected.bytes) return false;
  return expected.sha256 === undefined || (await sha256(bytes)) === expected.sha256;
}

/**
 * Downloads a file; where its size or hash is known, another one is refused.
 *
 * @param subject name of the data set, for the errors
 * @throws AnygradError DATA_DOWNLOAD, one line: refused, silent, cut off, too long, or altered; ABORTED by the signal
 */
export async function fetchFile(
  { fetch, inPage }: Pick<Host, "fetch" | "inPage">,
  url: string,
  expected: Expected,
  subject: string,
  options: DownloadOptions = {},
): Promise<Uint8Array> {
  const advice = inPage
    ? "try again, or put the files on your own server and pass { url }, the address of their folder"
    : "try again, or put the files in a folder and pass it as data";
  const fail = (what: string, cause?: unknown): AnygradError =>
    new AnygradError("DATA_DOWNLOAD", `${subject}: ${url} ${what}; ${advice}`, { cause });
  const timer = new DownloadTimer(options);
  try {
    const response = await timer.watch(fetch(url, { signal: timer.signal }));
    // where it was led to in the end
    if (expected.sha256 === undefined && isOpen(response.url || url))
      throw fail("is not https, and no SHA-256 of the file is known");
    if (!response.ok) throw fail(`answered ${response.status} ${response.statusText}`.trim());
    const announced = response.headers.get("content-encoding")
      ? null
      : response.headers.get("content-length");
    const totalBytes = expected.bytes ?? (announced === null ? undefined : Number(announced));
    let bytes = new Uint8Array(totalBytes ?? 1 << 20);
    let received = 0;
    if (!response.body) throw fail("sent no body");
    const reader = response.body.getReader();
    for (;;) {
      const part = await timer.watch(reader.read());
      if (part.done) break;
      const needed = received + part.value.length;
      if (expected.bytes !== undefined && needed > expected.bytes)
        throw fail(`sent more than ${expected.bytes} bytes`);
      if (needed > bytes.length) {
        const larger = new Uint8Array(Math.max(2 * bytes.length, needed));
        larger.set(bytes.subarray(0, received));
        bytes = larger;
      }
      bytes.set(part.value, received);
      received += part.value.length;
      options.onProgress?.({ file: expected.name, receivedBytes: received, totalBytes });
    }
    if (received < (expected.bytes ?? 1))
      throw fail(
        `ended after ${received}${expected.bytes === undefined ? "" : ` of ${expected.bytes}`} bytes`,
      );
    bytes = bytes.subarray(0, received);
    if (!(await matches(bytes, expected))) throw fail("sent bytes whose SHA-256 is not the published one");
    return bytes;
  } catch (error) {
    timer.abort(); // lets go of the connection
    if (error instanceof AnygradError) throw error;
    if (options.signal?.aborted) throw new AnygradError("ABORTED", `${subject}: the download was stopped`);
    if (timer.expired) throw fail(timer.expired);
    // a page is not told why: mostly the server has not said that pages of other sites may read it
    const cors = inPage ? "; the server may not allow pages of other sites (CORS)" : "";
    throw fail(`could not be read (${reason(error)})${cors}`, error);
  } finally {
    timer.end();
  }
}

/** Whether anybody on the way may read and change what is sent: http, but to this machine. A page's own path is as good as the page. */
function isOpen(url: string): boolean {
  return /^http:/i.test(url) && !/^(localhost|127[.][\d.]+|\[::1\])$/.test(new URL(url).hostname);
}

/** Aborts its signal, and every watched promise, when nothing has happened for a time, all takes too long, or the caller aborts. */
class DownloadTimer {
  /** What the server did, where a time is over. */
  expired: string | undefined;
  readonly #idle: number;
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #whole: ReturnType<typeof setTimeout>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #onCallerAbort = (): void => this.abort();

  constructor({ idleTimeout = 30_000, timeout = 3_600_000, signal }: DownloadOptions) {
    this.#idle = idleTimeout;
    this.#whole = setTimeout(
      () => this.#expire(`took more than ${timeout / 1000} s`),
      Math.min(timeout, 2 ** 31 - 1), // beyond which timers end at once
    );
    this.#caller = signal;
    signal?.addEventListener("abort", this.#onCallerAbort);
    if (signal?.aborted) this.abort();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(): void {
    this.#controller.abort();
  }

  #expire(what: string): void {
    this.expired ??= what;
    this.abort();
  }

  /** Waits for a promise, but not longer than the time allowed, even if what it stands for ignores the signal. */
  async watch<T>(promise: Promise<T>): Promise<T> {
    this.#timer = setTimeout(
      () => this.#expire(`sent nothing for ${this.#idle / 1000} s`),
      Math.min(this.#idle, 2 ** 31 - 1),
    );
    let stop: (() => void) | undefined;
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(new Error("stopped"));
      if (this.signal.aborted) stop();
      this.signal.addEventListener("abort", stop);
    });
    try {
      return await Promise.race([promise, stopped]);
    } finally {
      clearTimeout(this.#timer);
      if (stop) this.signal.removeEventListener("abort", stop);
    }
  }

  end(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#whole);
    this.#caller?.removeEventListener("abort", this.#onCallerAbort);
  }
}

// The first line of the innermost cause: fetch hides "connection refused" behind "fetch failed".
function reason(error: unknown): string {
  let inner: unknown = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  const text = inner instanceof Error ? inner.message || inner.name : String(inner);
  return text.split("\n")[0] ?? "";
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
