// A peer's process from the runner's side: started once for a thread count, asked one thing at a time.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Seconds that a start or a request may take; tfjs-cpu needs over a minute for a step of cnn-relu on a busy machine. */
const patience = 600;

/** The number of threads is an environment variable in native libraries, read when they are loaded. */
const environment = (threads) => ({
  ...process.env,
  OMP_NUM_THREADS: `${threads}`,
  OPENBLAS_NUM_THREADS: `${threads}`,
  MKL_NUM_THREADS: `${threads}`,
  TF_NUM_INTRAOP_THREADS: `${threads}`,
  PYTHONDONTWRITEBYTECODE: "1",
});

export class Child {
  #process;
  #lines;
  #complaints = "";
  #ended;

  /** @param command program and arguments; see serve.mjs for what it speaks */
  constructor([program, ...parameters], threads) {
    this.#process = spawn(program, parameters, {
      env: environment(threads),
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#process.stderr.setEncoding("utf8").on("data", (text) => {
      this.#complaints = (this.#complaints + text).slice(-2000);
    });
    this.#ended = new Promise((resolve) => {
      this.#process.on("close", resolve).on("error", (error) => {
        this.#complaints = error.message;
        resolve();
      });
    });
    this.#process.stdin.on("error", () => {}); // told by the missing answer
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** @returns what the process greets with: { engine } @throws its own error */
  greeting() {
    return this.#answer();
  }

  /** @throws the peer's own error, or that it died or was too slow */
  ask(request) {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    return this.#answer();
  }

  end() {
    this.#process.stdin.end();
    this.#process.kill();
  }

  async #answer() {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => {
        this.end();
        reject(new Error(`no answer within ${patience} s`));
      }, patience * 1000);
    });
    try {
      const { done, value } = await Promise.race([this.#lines.next(), late]);
      if (done) {
        await this.#ended;
        const last = this.#complaints.trim().split("\n").at(-1);
        throw new Error(
          `the process ended (${last || (this.#process.signalCode ?? `exit code ${this.#process.exitCode}`)})`,
        );
      }
      const answer = JSON.parse(value);
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer;
    } finally {
      clearTimeout(timer);
    }
  }
}
