/** Random networks of the conformance command with their numbers, whatever number of inputs and outputs they have. */
import type { Engine } from "../../src/autograd/engine.ts";
import type { Model, Prediction } from "../../src/model/index.ts";
import type { Case, Numbers } from "../conformance/networks/case.ts";
import { build } from "../conformance/networks/program.ts";

/** The numbers of each input. */
export const inputsOf = ({ x, second }: Case): readonly Numbers[] => (second ? [x, second] : [x]);

/** The network with its weights. */
export async function networkOf({ program, weights }: Case, engine: Engine): Promise<Model> {
  const net = build(program);
  await net.build({ engine });
  net.setWeights(weights);
  return net;
}

/** What a model predicts, its outputs one behind another. */
export async function outputsOf(net: Model, inputs: readonly Numbers[]): Promise<Float32Array> {
  const given = inputs.map(({ data, shape }) => ({ [net.inputs.length > 1 ? "data" : "x"]: data, shape }));
  const made: Prediction | readonly Prediction[] | Record<string, Prediction> = await net.predict(
    (given.length > 1 ? given : given[0]) as never,
  );
  const outputs: readonly Prediction[] = net.outputs.length > 1 ? Object.values(made) : [made as Prediction];
  return Float32Array.from(outputs.flatMap(({ data }) => Array.from(data)));
}
