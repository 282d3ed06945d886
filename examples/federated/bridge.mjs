// A bridge between pages and a SuperLink: it hands requests of Flower's Fleet API on, and lets pages of one origin read the answers. It listens
// on this machine alone, sees no key, and knows no other address. Usage: node bridge.mjs SUPERLINK ORIGIN [PORT]
//   node bridge.mjs http://127.0.0.1:8000 http://localhost:3000 8787
import { createServer } from "node:http";

const [superlink, origin, port = "8787"] = process.argv.slice(2);
if (!/^https?:[/][/][^/]+$/.test(superlink ?? "") || !/^https?:[/][/][^/]+$/.test(origin ?? "")) {
  console.error("usage: node bridge.mjs http://127.0.0.1:8000 http://localhost:3000 [8787]");
  process.exit(2);
}
const proof = ["flwr-public-key", "flwr-timestamp", "flwr-signature"];
const mostBytes = 64 * 2 ** 20;

const server = createServer(async (request, response) => {
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-allow-headers", ["content-type", ...proof].join(", "));
  if (request.method === "OPTIONS") return response.writeHead(204).end();
  const known = request.method === "POST" && /^[/]v1[/]fleet[/][a-z-]+$/.test(request.url);
  if (!known || request.headers.origin !== origin) return response.writeHead(404).end();
  try {
    const pieces = [];
    let bytes = 0;
    for await (const piece of request) {
      bytes += piece.length;
      if (bytes > mostBytes) return response.writeHead(413).end();
      pieces.push(piece);
    }
    const headers = { "content-type": "application/protobuf", accept: "application/protobuf" };
    for (const name of proof) headers[name] = request.headers[name] ?? "";
    const answer = await fetch(`${superlink}${request.url}`, {
      method: "POST",
      headers,
      body: Buffer.concat(pieces),
    });
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
    response.end(Buffer.from(await answer.arrayBuffer()));
  } catch (error) {
    response.writeHead(503).end(String(error.cause ?? error)); // the node waits and tries again
  }
});
server.listen(Number(port), "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${server.address().port} → ${superlink}`),
);
