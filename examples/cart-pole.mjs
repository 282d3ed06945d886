// Deep Q-learning: a network learns to balance a pole on a cart by trying (Mnih et al., 2015). Run: node examples/cart-pole.mjs
import { createEngine, layers, losses, optimizers, sequential } from "anygrad";

let state = 7;
/** Uniform numbers from 0 to 1, the same in every run. */
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return (state >>> 0) / 2 ** 32;
}

/** A fiftieth of a second after a push to the left (0) or right (1): place and speed of the cart, angle and turning of the pole. */
function push([x, speed, angle, turning], action) {
  const square = angle * angle; // sine and cosine of small angles, alike in every engine
  const [sin, cos] = [angle * (1 - square / 6), 1 - square / 2 + (square * square) / 24];
  const force = ((action === 1 ? 10 : -10) + 0.05 * turning * turning * sin) / 1.1;
  const twist = (9.8 * sin - cos * force) / (0.5 * (4 / 3 - (0.1 * cos * cos) / 1.1));
  const pull = force - (0.05 * twist * cos) / 1.1;
  return [x + 0.02 * speed, speed + 0.02 * pull, angle + 0.02 * turning, turning + 0.02 * twist];
}
const hasFallen = ([x, , angle]) => Math.abs(x) > 2.4 || Math.abs(angle) > 0.21;

const engine = await createEngine({ threads: 1 }); // the network is too small for two
/** What each push is worth: the rewards that follow it, later ones counting less. */
async function network() {
  const hidden = { units: 32, activation: "relu" };
  const stack = [layers.dense(hidden), layers.dense(hidden), layers.dense({ units: 2 })];
  const net = sequential(stack, { inputShape: [4], seed: 1 });
  await net.compile({ optimizer: optimizers.adam({ learningRate: 1e-3 }), loss: losses.huber(), engine });
  return net;
}
const net = await network();
const older = await network(); // a copy from before, which says what a later state is worth

async function choose(now) {
  const [left, right] = (await net.predict([now])).data;
  return right > left ? 1 : 0;
}

/** Learns from remembered pushes: each is worth 1 for the pole that stands, and what is best from there on. */
async function learn(memory) {
  const batch = Array.from({ length: 32 }, () => memory[Math.floor(random() * memory.length)]);
  const states = batch.map(({ now }) => now);
  const values = (await net.predict(states)).data;
  const later = (await older.predict(batch.map(({ next }) => next))).data;
  batch.forEach(({ action, fell }, i) => {
    values[2 * i + action] = fell ? 1 : 1 + 0.98 * Math.max(later[2 * i], later[2 * i + 1]);
  });
  await net.fit(states, values, { batchSize: 32 });
}

/** Steps until the pole falls, 200 at most. @param curiosity share of random pushes @param after is told of each push */
async function play(curiosity, after) {
  let now = Array.from({ length: 4 }, () => 0.1 * random() - 0.05);
  for (let step = 1; step <= 200; step++) {
    const action = random() < curiosity ? Math.floor(2 * random()) : await choose(now);
    const next = push(now, action);
    const fell = hasFallen(next);
    await after?.({ now, action, next, fell });
    if (fell) return step;
    now = next;
  }
  return 200;
}

const memory = [];
let pushes = 0;
const games = [];
while (games.length < 300 && !(games.length > 2 && games.slice(-3).every((steps) => steps === 200))) {
  const steps = await play(Math.max(0.02, 1 - pushes / 1500), async (seen) => {
    memory[pushes++ % 5000] = seen;
    if (pushes >= 200) await learn(memory);
    if (pushes % 200 === 0) older.setWeights(net.getWeights());
  });
  if (games.push(steps) % 20 === 0) console.log(`game ${games.length}: ${steps} steps`);
}
const tests = [];
for (let game = 0; game < 10; game++) tests.push(await play(0));
console.log(`${games.length} games, ${pushes} pushes; then it stands for ${tests.join(", ")} steps`);
if (Math.min(...tests) < 150) throw new Error("the network did not learn to balance");
