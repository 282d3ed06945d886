// The worker of the test: a request's text is the SuperLink's address; it leaves after one answer, which ends the request.
import { takePart } from "../../../examples/federated/page.js";

export default {
  async fetch(request) {
    const end = new AbortController();
    const { report } = await takePart(await request.text(), end.signal, ({ kind }) => {
      if (kind === "answered" || kind === "failed") end.abort();
    });
    return Response.json(report);
  },
};
