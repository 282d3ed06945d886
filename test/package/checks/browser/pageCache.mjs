// A page keeps the data sets that it downloads: in Chromium a named set is read again when the network is gone, also by a worker,
// and a server that cannot be read is told with what to do about it.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { trainIn } from "../../chromium.mjs";

const page = `<!doctype html><script type="module">
import { datasets } from "./anygrad/index.js";
import { datasets as inWorker } from "./anygrad/worker/index.js";
const labels = async (sets) => [...(await sets).test.y];
const result = { first: await labels(datasets.emnist({ split: "letters", url: "data" })) };
globalThis.fetch = () => Promise.reject(new TypeError("offline"));
result.again = await labels(datasets.emnist({ split: "letters", url: "data" }));
result.worker = await labels(inWorker.emnist({ split: "letters", url: "data" }));
result.kept = (await (await caches.open("anygrad")).keys()).length;
result.message = await datasets.kmnist().catch((error) => error.code + " " + error.message);
window.result = result;
</script>`;

export async function check({ user }) {
  const folder = join(user, "pageCache");
  mkdirSync(join(folder, "data"), { recursive: true });
  cpSync(join(user, "node_modules/anygrad/dist"), join(folder, "anygrad"), { recursive: true });
  writeFileSync(join(folder, "index.html"), page);
  for (const part of ["train", "test"]) {
    const path = join(folder, "data", `emnist-letters-${part}`);
    writeFileSync(`${path}-images-idx3-ubyte.gz`, idx([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]));
    writeFileSync(`${path}-labels-idx1-ubyte.gz`, idx([2], [1, 26]));
  }
  const { result } = (await trainIn(folder)) ?? {};
  if (!result) return "       SKIPPED: no Chromium here (ANYGRAD_CHROMIUM names one)";
  const { message, ...read } = result;
  const wanted = { first: [0, 25], again: [0, 25], worker: [0, 25], kept: 4 };
  if (JSON.stringify(read) !== JSON.stringify(wanted))
    throw new Error(`Chromium gives ${JSON.stringify(read)}, wanted is ${JSON.stringify(wanted)}`);
  if (!/^DATA_DOWNLOAD kmnist: https:.*[(]CORS[)].*your own server/.test(message))
    throw new Error(`a server that cannot be read ends in: ${message}`);
  return undefined;
}

function idx(shape, values) {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  for (const [i, size] of shape.entries()) header.writeUInt32BE(size, 4 + 4 * i);
  return gzipSync(Buffer.concat([header, Buffer.from(values)]));
}
