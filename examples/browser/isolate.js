// Threads need a cross-origin isolated page, and that takes two headers which static hosts do not send. This script
// installs itself as the page's service worker; as such it adds them to every answer. See docs/guide/hosts/browser.md.
if (typeof window === "undefined") {
  addEventListener("install", () => skipWaiting());
  addEventListener("activate", (event) => event.waitUntil(clients.claim()));
  addEventListener("fetch", (event) => event.respondWith(isolated(event.request)));
} else if (!crossOriginIsolated && isSecureContext && navigator.serviceWorker) {
  const { serviceWorker } = navigator;
  // once: where it does not help, the page runs on one thread
  const reload = () => {
    if (sessionStorage.getItem("isolating")) return;
    sessionStorage.setItem("isolating", "tried");
    location.reload();
  };
  if (serviceWorker.controller) reload();
  else serviceWorker.addEventListener("controllerchange", reload);
  serviceWorker.register(document.currentScript.src).catch((error) => console.warn("no threads:", error));
}

async function isolated(request) {
  const response = await fetch(request);
  if (response.type === "opaque" || response.type === "opaqueredirect") return response; // not ours to change
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
