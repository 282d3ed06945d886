// The routes. A learner is addressed by its name; its state lives in a Durable Object of that name.
//   POST /NAME/classify        784 bytes, 28×28 grey pixels     → { label, probabilities }
//   POST /NAME/examples        785 bytes an image, label first  → { examples }
//   POST /NAME/train?steps=20  one slice of fine-tuning         → { loss, accuracy, position, stateBytes }
//   GET  /NAME                                                  → { digest, examples, position, engine }
export { Learner } from "./learner.js";

const pixels = 28 * 28;
const most = { steps: 50, examples: 2500 }; // a slice's CPU time; a row of at most 2 MB

export default {
  async fetch(request, { LEARNERS }) {
    const url = new URL(request.url);
    const [, name, action = ""] = url.pathname.split("/");
    if (!name) return refusal(404, "pass the name of a learner: /NAME/classify");
    const learner = LEARNERS.get(LEARNERS.idFromName(name));
    const route = `${request.method} ${action}`;
    if (route === "GET ") return Response.json(await learner.describe());
    if (route === "POST train") {
      const steps = Number(url.searchParams.get("steps") ?? 20);
      if (!Number.isInteger(steps) || steps < 1 || steps > most.steps)
        return refusal(400, `steps is ${steps}; pass a whole number from 1 to ${most.steps}`);
      const slice = await learner.train(steps);
      return slice ? Response.json(slice) : refusal(409, "there are no examples; post some first");
    }
    if (route !== "POST classify" && route !== "POST examples")
      return refusal(404, `${request.method} ${url.pathname} is no route of this worker`);
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (action === "classify") {
      if (bytes.length === pixels) return Response.json(await learner.classify(bytes));
      return refusal(400, `the image has ${bytes.length} bytes; post ${pixels}, one a pixel`);
    }
    const count = bytes.length / (pixels + 1);
    if (!Number.isInteger(count) || count < 1 || count > most.examples)
      return refusal(
        400,
        `${bytes.length} bytes; post ${pixels + 1} an image, at most ${most.examples} images`,
      );
    const wrong = bytes.findIndex((label, i) => i % (pixels + 1) === 0 && label > 9);
    if (wrong >= 0)
      return refusal(400, `image ${wrong / (pixels + 1)} has the label ${bytes[wrong]}; pass 0 to 9`);
    const examples = await learner.add(bytes);
    return examples ? Response.json({ examples }) : refusal(413, "there is no room for more examples");
  },
};

function refusal(status, error) {
  return Response.json({ error }, { status });
}
