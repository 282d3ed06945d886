// The page of the test: it takes part from `takePart` until `leave`.
import { takePart } from "../../../examples/federated/page.js";

const end = new AbortController();
globalThis.takePart = async (url) => (await takePart(url, end.signal, () => {})).report;
globalThis.leave = () => end.abort();
globalThis.loaded = true;
