// The compiler of the kernels in a thread of its own, which compiles modules one after the other: from the second on it is
// warm, and takes 0.4 to 0.9 s of processor time for a family instead of the 4 of a new process.
import { once } from "node:events";
import { isMainThread, parentPort, Worker } from "node:worker_threads";

/** Begins when there is something to compile. */
export class Compiler {
  #thread;

  /** @param words of AssemblyScript's command line @returns what is wrong; nothing where the file was written */
  async run(words) {
    this.#thread ??= new Worker(new URL(import.meta.url));
    this.#thread.postMessage(words);
    const [fault] = await once(this.#thread, "message");
    return fault;
  }

  end() {
    this.#thread?.terminate();
  }
}

if (!isMainThread) {
  const { default: asc } = await import("assemblyscript/asc");
  parentPort.on("message", async (words) => {
    const { error, stdout, stderr } = await asc.main(words);
    parentPort.postMessage(error && `${stdout}${stderr}${error.message}`);
  });
}
