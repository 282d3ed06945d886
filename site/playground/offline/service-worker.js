/*
 * Keeps what the page is made of, so that it opens without a network, and adds the two headers that make it cross-origin isolated: threads
 * need that, and static hosts cannot send them. The build writes the version and the list of files in.
 */
const version = "__VERSION__";
const files = __FILES__;
const cacheName = `anygrad-playground-${version}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(files))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith("anygrad-playground-") && name !== cacheName)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request, { ignoreSearch: request.mode === "navigate" });
  // the page itself is asked for first, so that a new version is seen; what it names never changes
  if (request.mode === "navigate" || !kept) {
    try {
      return isolated(await fetch(request));
    } catch (error) {
      if (!kept) throw error;
    }
  }
  return isolated(kept);
}

function isolated(response) {
  if (response.status === 0 || response.type === "opaque") return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
