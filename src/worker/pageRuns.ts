/** The runs that the page waits for, by their numbers: what the worker asks about one finds its callbacks and streams here. */
import { shownCallbacks } from "../model/training/callbacks/progress.ts";
import type { FitOptions } from "../model/training/options.ts";
import type { Handlers } from "./messages/link.ts";
import type { PageMethods } from "./messages/protocol.ts";
import { PageRun } from "./pageRun.ts";

/** What the page itself keeps of a run's options. */
type Supervised = Pick<FitOptions, "callbacks" | "signal" | "verbose">;

export class PageRuns {
  readonly #runs = new Map<number, PageRun>();
  readonly #abort: (run: number) => void;
  #count = 0;

  /** @param abort tells the worker that a run is to end */
  constructor(abort: (run: number) => void) {
    this.#abort = abort;
  }

  readonly handlers: Handlers<PageMethods> = {
    hook: (call) => this.#runs.get(call.run)!.call(call),
    restore: ({ run, callback, state }) => this.#runs.get(run)!.restore(callback, state),
    progress: () => {},
    nextBatch: ({ run, stream, open }) => this.#runs.get(run)!.nextBatch(stream, open),
    closeStream: async ({ run, stream }) => this.#runs.get(run)?.closeStream(stream),
  };

  begin(options: Supervised): [number, PageRun] {
    const run = ++this.#count;
    const callbacks = shownCallbacks(options); // shown here, where the user looks
    const page = new PageRun({ ...options, callbacks }, () => this.#abort(run));
    this.#runs.set(run, page);
    return [run, page];
  }

  end(run: number, page: PageRun): void {
    page.end();
    this.#runs.delete(run);
  }

  /** A run that is one piece of work. */
  async supervise<T>(options: Supervised, work: (run: number, page: PageRun) => Promise<T>): Promise<T> {
    const [run, page] = this.begin(options);
    try {
      return await work(run, page);
    } catch (error) {
      throw page.explain(error);
    } finally {
      this.end(run, page);
    }
  }
}
