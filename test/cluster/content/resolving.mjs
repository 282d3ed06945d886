// A worker that is a process of its own: resolves a data set and tells where its files were from. MODULES CONTENT CACHE ADDRESS
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, content, folder, address] = process.argv.slice(2);
const from = (name) => import(pathToFileURL(join(modules, `${name}.js`)).href);
const [{ resolveData }, { DataCache }, { openSource }] = await Promise.all(
  ["resolve", "dataCache", "source"].map(from),
);
const cache = new DataCache({ folder });
const resolved = await resolveData(JSON.parse(content), { cache, source: await openSource(address) });
process.send(resolved.from);
process.disconnect();
