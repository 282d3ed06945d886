/** What layers of a functional model are applied to: the two forms in which Keras has written it. */
import { quote } from "../../../errors.ts";
import { isObject, type Json, type JsonObject } from "../../json.ts";
import { type Place, unwrapped } from "./json.ts";

/** One of the tensors that a layer has given: which of its calls gave it, and which of that call's outputs it is. */
export class Reference {
  readonly layer: string;
  readonly call: number;
  readonly output: number;

  constructor(layer: string, call: number, output: number) {
    this.layer = layer;
    this.call = call;
    this.output = output;
  }
}

/** Arguments with references in place of tensors. */
export type Referring = Reference | Json | readonly Referring[] | { readonly [name: string]: Referring };

/** A call of a layer. */
export interface Call {
  readonly args: readonly Referring[];
  readonly named: Readonly<Record<string, Referring>>;
}

/** Stands for a layer where an argument is no tensor. */
const constant = "_CONSTANT_VALUE";

/** The reference that ["name", 0, 0] is; undefined for any other list. */
export function referenceOf(value: Json | undefined): Reference | undefined {
  if (!Array.isArray(value)) return undefined;
  const [layer, call, output] = value;
  const isOne =
    typeof layer === "string" && layer !== constant && Number.isInteger(call) && Number.isInteger(output);
  return isOne ? new Reference(layer, call as number, output as number) : undefined;
}

/** The calls of a layer, in their order. @throws AnygradError DATA_FORMAT */
export function callsOf(place: Place, nodes: Json | undefined): Call[] {
  return place.list(nodes ?? [], "inbound_nodes").map((node) => {
    if (isObject(node)) return newCall(place, node);
    return oldCall(place, place.list(node, "a call"));
  });
}

/** Keras 3: { args, kwargs } with tensors as objects. */
function newCall(place: Place, { args, kwargs }: JsonObject): Call {
  const named = isObject(kwargs) ? kwargs : {};
  return {
    args: place.list(args ?? [], "args").map((each) => referring(place, each)),
    named: Object.fromEntries(
      Object.entries(named).map(([name, each]) => [name, referring(place, each ?? null)]),
    ),
  };
}

function referring(place: Place, value: Json): Referring {
  if (Array.isArray(value)) return value.map((each) => referring(place, each));
  if (!isObject(value)) return value;
  const { class_name: name, config } = value;
  if (name === undefined)
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, referring(place, each ?? null)]),
    );
  if (name !== "__keras_tensor__") {
    const plain = unwrapped(value);
    return Array.isArray(plain) ? plain.map((each) => referring(place, each)) : plain;
  }
  const reference = referenceOf((config as JsonObject | undefined)?.keras_history);
  if (reference) return reference;
  throw place.damaged(`a tensor is ${quote(value)}`);
}

/** Keras 2: a list of ["name", 0, 0, options]; the options of the first one are those of the call. */
function oldCall(place: Place, node: readonly Json[]): Call {
  const list = typeof node[0] === "string" ? [node] : node; // of one tensor, in some versions
  let named: Record<string, Referring> = {};
  const args = list.map((each, i) => {
    const reference = referenceOf(each);
    if (!reference) {
      // an operation without a tensor in front: ["_CONSTANT_VALUE", -1, value, options]
      if (Array.isArray(each) && each[0] === constant) {
        named = i === 0 && isObject(each[3]) ? namedOf(each[3]) : named;
        return each[2] as Json;
      }
      throw place.damaged(`a tensor is ${quote(each)}`);
    }
    const options = (each as readonly Json[])[3];
    if (i === 0 && isObject(options)) named = namedOf(options);
    return reference;
  });
  return { args: args.length > 1 ? [args] : args, named };
}

function namedOf(options: JsonObject): Record<string, Referring> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, withReferences(unwrapped(value ?? null))]),
  );
}

function withReferences(value: Json): Referring {
  const reference = referenceOf(value);
  if (reference) return reference;
  return Array.isArray(value) ? value.map(withReferences) : value;
}
