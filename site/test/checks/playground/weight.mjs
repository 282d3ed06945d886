/** What the page downloads besides the library: its first scripts, and with all rooms, after gzip. The library is in the workers' chunks and in those of the views. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "../../playground/page.mjs";

export const needsBrowser = false;

const MOST = 150_000; // bytes

export async function check({ dist }) {
  const folder = join(dist, "playground");
  const sizeOf = (name) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length;
  const sum = (names) => names.reduce((total, name) => total + sizeOf(name), 0);
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const first = [...new Set(page.match(/assets\/[\w.-]+\.js/g))];
  const rooms = readdirSync(join(folder, "assets"))
    .filter((name) => /Room-[\w-]+\.js$/.test(name))
    .map((name) => `assets/${name}`);
  expect(first.length > 0 && rooms.length >= 4, `scripts of the page are not found: ${[...first, ...rooms]}`);
  const bytes = sum(first) + sum(rooms);
  expect(bytes <= MOST, `the page's scripts have ${bytes} bytes after gzip, of ${MOST}`);
  // whatever imported from a worker's first file would make WebKit run it twice (workshop/worker.ts)
  const entries = readdirSync(join(folder, "assets")).filter((name) => /^worker-/.test(name));
  for (const name of entries)
    expect(
      !/export\s*\{/.test(readFileSync(join(folder, "assets", name), "utf8")),
      `${name} exports to other chunks, which makes WebKit run it twice`,
    );
  return `${sum(first)} bytes of scripts at first, ${bytes} with all rooms; ${entries.length} workers whose first files stand alone`;
}
