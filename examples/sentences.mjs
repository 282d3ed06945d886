// Whether a sentence praises or blames, from its words alone: "not bad at all" praises, so their order counts. Words become
// numbers, an embedding makes vectors of them, a GRU reads them both ways.
import { createEngine, layers, sequential } from "anygrad";

const subjects = ["the film", "this book", "our dinner", "her song", "the weather", "that game", "the hotel"];
const verbs = ["was", "is", "seemed", "felt"];
const good = ["good", "lovely", "great", "funny", "charming", "brilliant"];
const bad = ["bad", "awful", "boring", "sad", "dreadful", "dull"];
const before = ["", "really", "rather", "so"];
const behind = ["", "at all", "last night", "in the end", "to me"];

// every sentence that can be made, with 1 where it praises
const sentences = [];
for (const subject of subjects)
  for (const verb of verbs)
    for (const how of before)
      for (const end of behind)
        for (const negation of ["", "not", "never"])
          for (const [words, praise] of [
            [good, 1],
            [bad, 0],
          ])
            for (const word of words) {
              const text = [subject, verb, negation, how, word, end].filter(Boolean).join(" ");
              sentences.push({ text, praises: negation ? 1 - praise : praise });
            }

// 0 stands for no word: sentences are filled up with it, and the GRU passes over it
const vocabulary = ["", ...new Set(sentences.flatMap(({ text }) => text.split(" ")))];
const length = 9;
const encode = (text) => {
  const words = text.split(" ").map((word) => vocabulary.indexOf(word));
  return [...words, ...Array(length - words.length).fill(0)];
};

// an eighth of the sentences is learned, another is tested; which ones follows from their place
const part = (i) => ((i * 2654435761) % 2 ** 32) / 2 ** 29;
const learned = sentences.filter((_, i) => part(i) < 1);
const tested = sentences.filter((_, i) => part(i) >= 7);
const x = (list) => list.map(({ text }) => encode(text));
const y = (list) => list.map(({ praises }) => [praises]);

const net = sequential(
  [
    layers.embedding({ inputDim: vocabulary.length, outputDim: 8, maskZero: true }),
    layers.bidirectional({ layer: layers.gru({ units: 8 }) }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ],
  { inputShape: [length], seed: 1 },
);
console.log(net.summary());
const engine = await createEngine();
await net.compile({ optimizer: "adam", loss: "binaryCrossentropy", metrics: ["accuracy"], engine });
const history = await net.fit(x(learned), y(learned), { epochs: 12, batchSize: 32, seed: 1 });
history.loss.forEach((loss, i) => {
  console.log(`epoch ${i + 1}: loss ${loss.toFixed(4)}`);
});

const { accuracy } = await net.evaluate(x(tested), y(tested));
console.log(
  `${learned.length} sentences learned, ${tested.length} new ones: ${(100 * accuracy).toFixed(1)} % right`,
);
const mine = ["the film was not good at all", "this book is never so boring", "her song felt rather dull"];
const { data } = await net.predict(mine.map(encode));
mine.forEach((text, i) => {
  console.log(`${data[i] > 0.5 ? "praise" : "blame "} ${data[i].toFixed(3)}  ${text}`);
});
if (accuracy < 0.98) throw new Error(`it should get 98 % of new sentences right, but got ${accuracy}`);
engine.dispose();
