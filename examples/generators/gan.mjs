// A GAN: one network draws points, another tells them from real ones, and each learns from the other. Two networks, two
// optimizers, a loop of one's own. Run: node examples/generators/gan.mjs
import { createEngine, ops, optimizers } from "anygrad";

const engine = await createEngine();
const batch = 128;

let state = 7;
/** Uniform numbers from 0 to 1, the same in every run. */
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return (state >>> 0) / 2 ** 32;
}
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const normals = (count, scale = 1) => Float32Array.from({ length: count }, () => scale * normal());

/** Real points: a ring of radius 1, a little blurred, around (1, 0). */
function real() {
  const points = new Float32Array(2 * batch);
  for (let i = 0; i < batch; i++) {
    const [angle, radius] = [2 * Math.PI * random(), 1 + 0.05 * normal()];
    points.set([1 + radius * Math.cos(angle), radius * Math.sin(angle)], 2 * i);
  }
  return engine.tensor(points, [batch, 2]);
}
const noise = () => engine.tensor(normals(4 * batch), [batch, 4]);

/** Dense layers of these sizes: their weights, and what they make of x. */
function network(...sizes) {
  const weights = sizes.slice(1).flatMap((units, i) => {
    const kernel = normals(sizes[i] * units, Math.sqrt(2 / sizes[i]));
    return [engine.variable(kernel, [sizes[i], units]), engine.variable(new Float32Array(units))];
  });
  const call = (x) => {
    let y = x;
    for (let i = 0; i < weights.length; i += 2) {
      if (i > 0) y = ops.leakyRelu(y);
      y = ops.dense(y, weights[i], weights[i + 1]);
    }
    return y;
  };
  return { weights, call };
}

const generator = network(4, 32, 32, 2);
const critic = network(2, 32, 32, 1); // above 0 it takes a point for real
const [forGenerator, forCritic] = [1, 2].map(() => optimizers.adam({ learningRate: 1e-3, beta1: 0.5 }));

// −ln sigmoid(x) is softplus(−x)
const asReal = (points) => ops.mean(ops.softplus(ops.negative(critic.call(points))));
const asDrawn = (points) => ops.mean(ops.softplus(critic.call(points)));

/** What drawn points are like, seen from the middle of the ring. */
function drawn() {
  const points = engine.step(() => generator.call(noise()).toArray()).map(([x, y]) => [x - 1, y]);
  const radii = points.map(([x, y]) => Math.hypot(x, y));
  const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const radius = mean(radii);
  const blur = mean(radii.map((each) => Math.abs(each - radius)));
  const directions = new Set(points.map(([x, y]) => Math.floor((4 * Math.atan2(y, x)) / Math.PI))).size;
  return { radius, blur, directions };
}

for (let step = 0; step <= 3000; step++) {
  if (step % 500 === 0) {
    const { radius, blur, directions } = drawn();
    console.log(
      `step ${step}: radius ${radius.toFixed(2)} ± ${blur.toFixed(2)}, ${directions} of 8 directions`,
    );
  }
  forCritic.minimize(() => ops.add(asReal(real()), asDrawn(generator.call(noise()))), critic.weights);
  forGenerator.minimize(() => asReal(generator.call(noise())), generator.weights);
}
const { radius, blur, directions } = drawn();
if (Math.abs(radius - 1) > 0.1 || blur > 0.15 || directions < 8)
  throw new Error("the generator did not learn to draw the ring");
engine.dispose();
