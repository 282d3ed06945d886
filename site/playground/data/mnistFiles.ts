/** The four files of MNIST, or of a set that is named like it, from an address that the user gives. */
import { say } from "../texts/language.ts";

const names = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
];

/** @throws Error in words, for the first of the four that does not arrive, whichever failed earliest */
export async function mnistFilesAt(address: string): Promise<File[]> {
  const folder = folderOf(address);
  const answers = await Promise.allSettled(names.map((name) => fileAt(folder, name)));
  return answers.map((answer) => {
    if (answer.status === "rejected") throw answer.reason;
    return answer.value;
  });
}

function folderOf(address: string): URL {
  try {
    return new URL(address.endsWith("/") ? address : `${address}/`, location.href);
  } catch {
    throw new Error(say.value.data.noAddress(address));
  }
}

/** Packed, as the set is handed out, or unpacked. */
async function fileAt(folder: URL, name: string): Promise<File> {
  const { data: texts } = say.value;
  const packed = `${name}.gz`;
  try {
    const found = await fetch(new URL(packed, folder));
    const answer = found.status === 404 ? await fetch(new URL(name, folder)) : found;
    if (answer.ok) return new File([await answer.blob()], packed);
    throw new Error(texts.answered(answer.status));
  } catch (error) {
    throw new Error(texts.notFetched(packed, (error as Error).message));
  }
}
