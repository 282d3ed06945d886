/**
 * A network as data, for both libraries: it is built in anygrad here, sent to Keras as JSON, and printed as the
 * text of either where the two disagree.
 */
import { constraints } from "../../../src/constraints/index.ts";
import { initializers } from "../../../src/initializers/index.ts";
import { type Layer, layers, type SymbolicTensor } from "../../../src/layers/index.ts";
import { losses } from "../../../src/losses/index.ts";
import { input, type Model, model } from "../../../src/model/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { regularizers } from "../../../src/regularizers/index.ts";

/** What options can be: JSON, and things that are made by name, such as a regularizer or the layer in a wrapper. */
export type Value = number | string | boolean | null | Made | readonly Value[] | Options;
export interface Options {
  readonly [name: string]: Value | undefined;
}

/** Namespaces by whose functions things are made. */
const namespaces = { layers, losses, optimizers, regularizers, constraints, initializers } as const;
export type Namespace = keyof typeof namespaces;

/** `layers.dense({ units: 3 })`, and its like in Keras. */
export interface Made {
  readonly from: Namespace;
  readonly type: string;
  readonly options: Options;
  /** Its class in Keras, `Dense`, and the options there, by Keras's names. */
  readonly keras: {
    readonly class: string;
    readonly options: Options;
    /** Its tensors are arguments of the call, not a list. */
    readonly spreads?: boolean;
    /** Whether a loss gets probabilities without the logits that TensorFlow remembers of them. */
    readonly clips?: boolean;
  };
}

/** A place where a layer is applied. */
export interface Node {
  readonly layer: Made;
  /** Earlier nodes; −1 is the model's input, −2 its second. */
  readonly inputs: readonly number[];
  /** The node whose layer, weights included, is applied again; else it is a layer of its own. */
  readonly again?: number;
}

/** An output besides the last node's, and its loss. */
export interface End {
  readonly node: number;
  readonly loss: Made;
  /** The factor on it. */
  readonly weight: number;
}

/** A model and how it is trained. */
export interface Program {
  readonly inputShape: readonly number[];
  readonly nodes: readonly Node[];
  readonly loss: Made;
  readonly optimizer: Made;
  /** A second input of the same shape, −2. */
  readonly second?: boolean;
  /** So many first nodes, a way from −1 on, are a model within, which each input goes through: −2 is what it makes of the second. */
  readonly encoder?: number;
  /** Further outputs. */
  readonly ends?: readonly End[];
}

/** kernelSize: kernel_size. A number in a name stays where it is: l2. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** sparseCategoricalCrossentropy: SparseCategoricalCrossentropy. */
export function pascalCase(name: string): string {
  return name[0]!.toUpperCase() + name.slice(1);
}

export function isMade(value: Value | undefined): value is Made {
  return typeof value === "object" && value !== null && "from" in value && "keras" in value;
}

/** Options by Keras's names; names that are values, such as an activation's, are Keras's too. */
export function kerasOptions(options: Options, renamed: Readonly<Record<string, string>> = {}): Options {
  const value = (each: Value): Value => (typeof each === "string" ? snakeCase(each) : each);
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, each]) =>
      each === undefined ? [] : [[renamed[name] ?? snakeCase(name), value(each)]],
    ),
  );
}

/** The thing in anygrad. */
export function make<Kind = Layer>({ from, type, options }: Made): Kind {
  const made = (value: Value | undefined): unknown =>
    isMade(value) ? make(value) : Array.isArray(value) ? value.map(made) : value;
  const resolved = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, made(value)]));
  const functions = namespaces[from] as unknown as Readonly<Record<string, (options: object) => Kind>>;
  return functions[type]!(resolved);
}

/** The name of the layer of a node, by which its weights are found. */
export function layerName(node: number | ""): string {
  return `node${node}`;
}

export function build({ inputShape, nodes, second, encoder = 0, ends = [] }: Program): Model {
  const x = input({ shape: inputShape });
  const others = second ? [input({ shape: inputShape, name: "second" })] : [];
  const within = encoder > 0 ? input({ shape: inputShape, name: "within" }) : x;
  const made: Layer[] = [];
  const tensors: SymbolicTensor[] = [];
  let last = others[0]; // the second input, or what the model within makes of it
  const enclose = (): void => {
    const inner = model({ inputs: within, outputs: tensors.at(-1)!, name: "encoder" });
    tensors[tensors.length - 1] = inner.apply(x) as SymbolicTensor;
    last = last && (inner.apply(last) as SymbolicTensor);
  };
  for (const { layer, inputs, again } of nodes) {
    const own =
      again === undefined
        ? make({ ...layer, options: { ...layer.options, name: layerName(made.length) } })
        : made[again]!;
    made.push(own);
    const from = inputs.map((i) => (i === -1 ? within : i < 0 ? last! : tensors[i]!));
    tensors.push(own.apply(from.length === 1 ? from[0]! : from));
    if (tensors.length === encoder) enclose();
  }
  const outputs = [...ends.map(({ node }) => tensors[node]!), tensors.at(-1)!];
  const all = { inputs: [x, ...others], outputs, seed: 1 };
  return (outputs.length > 1 ? model(all) : model({ ...all, outputs: outputs[0]! })) as Model;
}

/** What Keras makes it of. */
export function sentMade(value: Value | undefined): unknown {
  if (Array.isArray(value)) return value.map(sentMade);
  if (!isMade(value)) return value;
  const options = Object.entries(value.keras.options).map(([name, each]) => [name, sentMade(each)]);
  return { namespace: value.from, class: value.keras.class, options: Object.fromEntries(options) };
}

/** What Keras builds the network of. */
export function forKeras({ inputShape, nodes, loss, optimizer, second, encoder, ends }: Program): object {
  return {
    inputShape,
    second,
    encoder,
    ends: ends?.map((end) => ({ ...end, loss: sentMade(end.loss), clips: end.loss.keras.clips })),
    nodes: nodes.map(({ layer, inputs, again }) => ({
      layer: sentMade(layer),
      inputs,
      again,
      spreads: layer.keras.spreads,
    })),
    loss: sentMade(loss),
    clips: loss.keras.clips,
    optimizer: sentMade(optimizer),
  };
}

/** As anygrad's users write it. */
function inJavaScript(value: Value | undefined): string {
  if (isMade(value)) {
    const options = Object.entries(value.options).filter(([, each]) => each !== undefined);
    const text = options.map(([name, each]) => `${name}: ${inJavaScript(each)}`).join(", ");
    return `${value.from}.${value.type}(${text && `{ ${text} }`})`;
  }
  return Array.isArray(value) ? `[${value.map(inJavaScript).join(", ")}]` : JSON.stringify(value);
}

function inPython(value: Value | undefined): string {
  if (isMade(value)) {
    const options = Object.entries(value.keras.options).filter(([, each]) => each !== undefined);
    const text = options.map(([name, each]) => `${name}=${inPython(each)}`).join(", ");
    return `keras.${value.from}.${value.keras.class}(${text})`;
  }
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null) return "None";
  return Array.isArray(value) ? `[${value.map(inPython).join(", ")}]` : JSON.stringify(value);
}

const place = (i: number): string => (i < 0 ? "x" : `x${i}`);

export const printedMade = inJavaScript;

/** The program in both languages; of one that is more than a way from an input to an output, what Keras is sent. */
export function printed(program: Program): string {
  const { inputShape, nodes, loss, optimizer } = program;
  if (program.second || program.encoder || program.ends) return JSON.stringify(forKeras(program));
  const javascript = [`const x = input({ shape: ${JSON.stringify(inputShape)} });`];
  const python = [`x = keras.Input(${JSON.stringify(inputShape)})`];
  nodes.forEach(({ layer, inputs, again }, i) => {
    const several = inputs.length > 1;
    const from = several ? `[${inputs.map(place).join(", ")}]` : place(inputs[0]!);
    const shared = again === undefined ? undefined : `layer${again}`;
    if (nodes.some((other) => other.again === i)) {
      javascript.push(`const layer${i} = ${inJavaScript(layer)};`);
      python.push(`layer${i} = ${inPython(layer)}`);
    }
    const named = nodes.some((other) => other.again === i) ? `layer${i}` : shared;
    javascript.push(`const x${i} = ${named ?? inJavaScript(layer)}.apply(${from});`);
    const given = layer.keras.spreads ? from.slice(1, -1) : from;
    python.push(`x${i} = ${named ?? inPython(layer)}(${given})`);
  });
  const last = place(nodes.length - 1);
  javascript.push(`const net = model({ inputs: x, outputs: ${last} });`);
  javascript.push(
    `await net.compile({ optimizer: ${inJavaScript(optimizer)}, loss: ${inJavaScript(loss)}, engine });`,
  );
  python.push(`net = keras.Model(x, ${last})`);
  python.push(`net.compile(${inPython(optimizer)}, ${inPython(loss)})`);
  return `${javascript.join("\n")}\n\n${python.join("\n")}\n`;
}
