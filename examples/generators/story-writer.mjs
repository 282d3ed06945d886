// A language model that writes: a GRU learns, letter by letter, to tell stories like "The house that Jack built".
// Run: node examples/generators/story-writer.mjs
import { createEngine, layers, optimizers, sequential } from "anygrad";

const creatures = ["cat", "rat", "dog", "cow", "maid", "man", "priest", "cock", "farmer"];
const deeds = ["ate", "chased", "kissed", "tossed", "woke", "kept", "milked", "married"];

let state = 7;
/** Uniform numbers from 0 to 1, the same in every run. */
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return (state >>> 0) / 2 ** 32;
}
const pick = (list) => list[Math.floor(random() * list.length)];
function story() {
  const links = Array.from({ length: 3 * random() }, () => ` that ${pick(deeds)} the ${pick(creatures)}`);
  return `this is the ${pick(creatures)}${links.join("")} that lay in the house that jack built.\n`;
}
const learned = Array.from({ length: 400 }, story).join("");
const unseen = Array.from({ length: 60 }, story).join("");

const letters = [...new Set(learned)].sort();
const steps = 40;
/** Pieces of a text, and for each letter in them the one that follows it. */
function pieces(text) {
  const codes = [...text].map((letter) => letters.indexOf(letter));
  const count = Math.floor((codes.length - 1) / steps);
  const from = (start) => Int32Array.from(codes.slice(start, start + count * steps));
  return { x: from(0), shape: [count, steps], y: from(1) };
}

const engine = await createEngine();
/** What comes next, after a piece; or, with `stateful`, after all letters so far, which come one by one. */
async function network(length, stateful) {
  const net = sequential(
    [
      layers.embedding({ inputDim: letters.length, outputDim: 16 }),
      layers.gru({ units: 64, returnSequences: true, stateful }),
      layers.dense({ units: letters.length, activation: "softmax" }),
    ],
    { inputShape: [length], seed: 1 },
  );
  const optimizer = optimizers.adam({ learningRate: 5e-3 });
  await net.compile({ optimizer, loss: "sparseCategoricalCrossentropy", engine });
  return net;
}
const net = await network(steps, false);
console.log(net.summary());
const { loss } = await net.fit(pieces(learned), { epochs: 10, batchSize: 16, seed: 1 });
loss.forEach((value, epoch) => {
  console.log(`epoch ${epoch + 1}: loss ${value.toFixed(4)}`);
});

/** The loss of what counts pairs of letters, and guesses the next letter from the last one alone. */
function ofPairs() {
  const counts = letters.map(() => letters.map(() => 1));
  const pairs = (text) => [...text].slice(1).map((next, i) => [text[i], next].map((x) => letters.indexOf(x)));
  for (const [last, next] of pairs(learned)) counts[last][next]++;
  const share = ([last, next]) => counts[last][next] / counts[last].reduce((a, b) => a + b);
  return pairs(unseen).reduce((sum, pair) => sum - Math.log(share(pair)), 0) / (unseen.length - 1);
}
const { loss: ofNetwork } = await net.evaluate(pieces(unseen));
console.log(`new stories: loss ${ofNetwork.toFixed(3)}; by pairs of letters ${ofPairs().toFixed(3)}`);

const writer = await network(1, true);
const weights = new Map(net.getWeights().map((weight) => [weight.name, weight]));
writer.setWeights(writer.getWeights().map((weight) => weights.get(weight.name) ?? weight)); // its state is its own
let text = "\n";
while (text.length < 300) {
  const { data } = await writer.predict([[letters.indexOf(text.at(-1))]]);
  let [next, rest] = [0, random() - data[0]];
  while (rest > 0 && next < letters.length - 1) rest -= data[++next];
  text += letters[next];
}
console.log(text);
if (ofNetwork > 0.4 * ofPairs()) throw new Error("the network did not learn to write");
