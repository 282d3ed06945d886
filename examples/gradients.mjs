// Autograd by itself: a straight line fitted by hand-written gradient descent. Run: node examples/gradients.mjs
import { createEngine, ops, optimizers, Updater } from "anygrad";

const engine = await createEngine();
const x = engine.tensor([[0], [1], [2], [3]]);
const y = engine.tensor([[1], [3], [5], [7]]); // 2 x + 1
const slope = engine.variable([[0]]);
const offset = engine.variable([0]);

const loss = () => ops.mean(ops.square(ops.subtract(ops.add(ops.matmul(x, slope), offset), y)));
const updater = new Updater(optimizers.sgd({ learningRate: 0.1 }), [slope, offset]);
for (let step = 0; step < 200; step++) {
  const { value, gradients } = engine.valueAndGrad(loss, [slope, offset]);
  updater.apply(gradients);
  if (step % 50 === 0) console.log(`step ${step}: loss ${value.toFixed(6)}`);
}
console.log(`y = ${slope.item().toFixed(3)} x + ${offset.item().toFixed(3)}`);
if (Math.abs(slope.item() - 2) > 0.01) throw new Error("the line was not found");
