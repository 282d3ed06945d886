/** The process that answers for Keras and ONNX: a question is a line of JSON, so is the answer. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";

type Answer = { readonly [name: string]: unknown };

export class Python {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  #said = "";

  constructor(python: string, program: string) {
    this.#process = spawn(python, [program]);
    createInterface({ input: this.#process.stdout }).on("line", (line) => {
      this.#waiting.shift()?.resolve(JSON.parse(line) as Answer);
    });
    this.#process.stderr.on("data", (text: Buffer) => {
      this.#said = `${this.#said}${text}`.slice(-4000);
    });
    this.#process.on("exit", (code) => {
      for (const { reject } of this.#waiting.splice(0))
        reject(new Error(`${program} ended with ${code}:\n${this.#said}`));
    });
  }

  /** @throws Error where the process ends; an answer may be { error } */
  ask(question: object): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    });
  }

  end(): void {
    this.#process.stdin.end();
  }
}

/** Float32 numbers as text. */
export function encoded(data: Float32Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
}

export function decoded(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, "base64")); // on its own memory, which is aligned
  return new Float32Array(bytes.buffer);
}
