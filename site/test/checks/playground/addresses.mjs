/** MNIST from an address: learned where the host allows it; a wrong address, a host that does not allow it, half a file: a line each, and the data before stay. */
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { expect, noFaults, openPlayground, setNumber, trainToTheEnd } from "../../playground/page.mjs";
import { policy, serve } from "../../serve.mjs";

/** An IDX file: bright left or right halves, and which of them. */
function idx(sizes, bytes) {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(0x800 + sizes.length);
  for (const [i, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * i);
  return gzipSync(Buffer.concat([header, Buffer.from(bytes)]));
}

function files() {
  const named = {};
  for (const [part, count] of [
    ["train", 300],
    ["t10k", 60],
  ]) {
    const pixels = Array.from({ length: count * 784 }, (_, i) =>
      (Math.floor(i / 784) % 2 === 0) === i % 28 < 14 ? 200 + (i % 50) : i % 40,
    );
    const labels = Array.from({ length: count }, (_, i) => i % 2);
    named[`${part}-images-idx3-ubyte.gz`] = idx([count, 28, 28], pixels);
    named[`${part}-labels-idx1-ubyte.gz`] = idx([count], labels);
  }
  return named;
}

/** Another host: /good/ may be read by all pages, /closed/ has no header for them, /half/ sends half of each file, /short/ breaks off. */
async function otherHost() {
  const all = files();
  const server = createServer((request, response) => {
    const [, folder, name] = request.url.split("/");
    const bytes = all[name];
    const open = folder === "closed" ? {} : { "access-control-allow-origin": "*" };
    if (!bytes || !["good", "closed", "half", "short"].includes(folder))
      return response.writeHead(404, open).end();
    response.writeHead(200, {
      ...open,
      "content-length": folder === "half" ? bytes.length >> 1 : bytes.length,
    });
    if (folder === "half") return response.end(bytes.subarray(0, bytes.length >> 1));
    if (folder !== "short") return response.end(bytes);
    return response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export async function check({ dist, browser }) {
  // the policy of a host whose users fetch from addresses
  const headers = { "content-security-policy": policy.replace("connect-src", "connect-src http: https:") };
  const site = await serve(dist, { headers });
  const host = await otherHost();
  try {
    const { page, faults, close } = await openPlayground(browser, site.origin);
    await page.getByLabel("Learn from").selectOption("idx");
    const field = page.getByLabel("Or from an address");
    const said = [];
    for (const [address, pattern] of [
      [`${host.address}/nowhere/`, /train-images.*404.*CORS/],
      [`${host.address}/closed/`, /train-\S+ could not be fetched.*CORS/],
      [`${host.address}/half`, /(images|labels)\S+: .*(cut off|ends|damaged)/],
      [`${host.address}/short/`, /(images|labels)\S+ could not be fetched/],
      ["http://127.0.0.1:9/", /could not be fetched/],
    ]) {
      await field.fill(address);
      await page.getByText("Fetch", { exact: true }).click();
      const notice = page.locator(".notice.error", { hasText: pattern });
      await notice.waitFor();
      said.push((await notice.textContent()).replace(/×$/, ""));
      const facts = await page.locator(".facts").textContent();
      expect(facts.startsWith("4,000"), `after ${address} the data before are gone: ${facts.slice(0, 80)}`);
    }
    await field.fill(`${host.address}/good`);
    await page.getByText("Fetch", { exact: true }).click();
    await page.waitForFunction(() => document.querySelector(".facts").textContent.startsWith("300"));
    await setNumber(page, "Epochs", 3);
    const accuracy = await trainToTheEnd(page);
    expect(accuracy >= 0.95, `what was fetched is learned to ${accuracy}`);
    // what the browser itself says of answers that it could not use
    noFaults(faults, (fault) => /Failed to load resource|CORS policy/.test(fault));
    await close();
    return `${accuracy} from an address\n${said.join("\n")}`;
  } finally {
    host.close();
    site.close();
  }
}
