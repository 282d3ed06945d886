/** The service worker: the page without a network, and isolated where the host cannot say so. */

/**
 * Installs it. Where the page is not isolated, it is loaded once more under the worker, which adds the headers.
 * @returns whether this page stays
 */
export async function install(): Promise<boolean> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return true;
  try {
    const registration = await navigator.serviceWorker.register("./service-worker.js");
    if (crossOriginIsolated || navigator.serviceWorker.controller) return true;
    await navigator.serviceWorker.ready;
    const isFirst = sessionStorage.getItem("anygrad-isolated") === null;
    sessionStorage.setItem("anygrad-isolated", "tried");
    // a page that has been worked in is not taken away
    if (!isFirst || !registration.active || performance.now() > 5000) return true;
    location.reload();
    return false;
  } catch {
    // a private window or a plain address without workers: the page runs on one thread, and needs the network
    return true;
  }
}
