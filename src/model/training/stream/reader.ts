/**
 * Reads a stream: opens its source where an epoch, or the rest of one, begins, takes what it gives one by one, and closes it
 * when it is left early. Knows nothing of models: the page's side of a worker reads its streams by it, too.
 */
import { AnygradError } from "../../../errors.ts";
import { checkAbort } from "../options.ts";
import type { Batches, BatchSource, StreamPosition } from "./source.ts";

/** A source of batches, which can be opened once for each epoch. */
export class SourceReader {
  readonly #source: BatchSource;
  readonly #subject: string;
  #spent = false;

  /** @param subject what errors begin with, such as "fit" */
  constructor(subject: string, source: BatchSource) {
    this.#subject = subject;
    this.#source = source;
  }

  /** @throws AnygradError INVALID_ARGUMENT where it can be walked over once, but more epochs are to come */
  checkEpochs(epochs: number): void {
    if (epochs > 1 && isOneShot(this.#source)) throw this.#oneShot(`${epochs} epochs are asked for`);
  }

  /**
   * The batches of an epoch, from the position on.
   * @throws AnygradError INVALID_ARGUMENT for a second walk where there is but one, or what is not iterable; DATA_FORMAT where
   *   it ends before the position; ABORTED
   */
  async open({ epoch, step }: StreamPosition, signal?: AbortSignal): Promise<OpenBatches> {
    const source = this.#source;
    if (this.#spent) throw this.#oneShot("they have been read already");
    this.#spent = isOneShot(source);
    let seeks = false;
    const position: StreamPosition = {
      epoch,
      get step() {
        seeks = true;
        return step;
      },
    };
    const batches = typeof source === "function" ? await source(position) : source;
    const open = new OpenBatches(iteratorOf(batches, this.#subject), this.#subject);
    try {
      for (let skipped = 0; skipped < step; skipped++) {
        const batch = await open.next(signal);
        // a generator reads its parameter when it is asked for the first batch
        if (seeks) {
          open.unread(batch);
          break;
        }
        if (batch === undefined)
          throw new AnygradError(
            "DATA_FORMAT",
            `${this.#subject}: resume: the batches of epoch ${epoch + 1} end after ${skipped} but the run has done ${step}; pass the same data, from the beginning of that epoch`,
          );
        open.skipped = batch;
      }
      return open;
    } catch (error) {
      await open.close();
      throw error;
    }
  }

  #oneShot(why: string): AnygradError {
    return new AnygradError(
      "INVALID_ARGUMENT",
      `${this.#subject}: these batches can be walked over once, as a generator's, but ${why}; pass a function that makes them anew, such as () => batches()`,
    );
  }
}

/** Batches on their way. */
export class OpenBatches {
  /** The last of those that were skipped. */
  skipped: unknown;
  readonly #iterator: AnyIterator;
  readonly #subject: string;
  #ended = false;
  #unread: { readonly batch: unknown } | undefined;

  constructor(iterator: AnyIterator, subject: string) {
    this.#iterator = iterator;
    this.#subject = subject;
  }

  /** The next batch; undefined at the end. @throws AnygradError ABORTED, also while the source keeps us waiting */
  async next(signal?: AbortSignal): Promise<unknown> {
    const unread = this.#unread;
    this.#unread = undefined;
    if (unread) return unread.batch;
    if (this.#ended) return undefined;
    checkAbort(this.#subject, signal);
    let stop: (() => void) | undefined;
    const aborted = new Promise<never>((_, reject) => {
      stop = () => {
        // what is being waited for may never come, so nothing waits for the end of it either
        this.#ended = true;
        Promise.resolve(this.#iterator.return?.()).catch(() => {});
        try {
          checkAbort(this.#subject, signal, "while it waited for a batch");
        } catch (error) {
          reject(error);
        }
      };
      signal?.addEventListener("abort", stop);
    });
    try {
      const { done, value } = await Promise.race([this.#asked(), aborted]);
      if (done) this.#ended = true;
      if (done) return undefined;
      if (value === undefined)
        throw new AnygradError(
          "INVALID_ARGUMENT",
          `${this.#subject}: got undefined where a batch { x, y } or [x, y] is wanted; give batches, or end`,
        );
      return value;
    } finally {
      if (stop) signal?.removeEventListener("abort", stop);
    }
  }

  /** Gives a batch back, to be the next. */
  unread(batch: unknown): void {
    this.#unread = { batch };
  }

  /** Tells the source that no more is wanted, where it has not ended by itself. */
  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#iterator.return?.();
  }

  async #asked(): Promise<IteratorResult<unknown>> {
    try {
      return await this.#iterator.next();
    } catch (error) {
      this.#ended = true; // who throws has ended
      throw error;
    }
  }
}

interface AnyIterator {
  next(): IteratorResult<unknown> | Promise<IteratorResult<unknown>>;
  return?(): unknown;
}

/** Whether a second walk would find nothing: generators are their own iterators. */
function isOneShot(source: BatchSource): boolean {
  if (typeof source === "function" || Array.isArray(source)) return false;
  if ("getReader" in source) return true;
  return source === (iteratorOf(source, "") as unknown);
}

function iteratorOf(batches: Batches, subject: string): AnyIterator {
  if (typeof batches === "object" && batches !== null) {
    // Safari's streams are not iterable
    if ("getReader" in batches) return streamIterator(batches);
    if (Symbol.asyncIterator in batches) return batches[Symbol.asyncIterator]();
    if (Symbol.iterator in batches) return batches[Symbol.iterator]();
  }
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: the function gave ${batches === null ? "null" : typeof batches}, which is not iterable; return an array, a generator or another iterable of batches { x, y }`,
  );
}

function streamIterator(stream: ReadableStream<unknown>): AnyIterator {
  const reader = stream.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<unknown>>,
    return: () => reader.cancel(),
  };
}
