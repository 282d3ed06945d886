// Writes a network of networks.json as an ONNX file for inference: opset 13, NCHW, random weights. Speed does not
// depend on their values. The few protobuf messages that it needs are written by hand; field numbers are onnx.proto's.
import { batchSize, inputShape } from "../batch.mjs";

/** @returns the file, and how many parameters it holds */
export function onnxModel(layers) {
  const nodes = [];
  const initializers = [];
  let parameters = 0;
  let [height, width, channels] = inputShape;
  let units = 0;
  let current = "x";

  const weight = (role, dims, draw = () => (Math.random() - 0.5) * 0.1) => {
    const values = Float32Array.from({ length: dims.reduce((product, n) => product * n, 1) }, draw);
    const name = `${role}_${initializers.length}`;
    parameters += values.length;
    initializers.push(tensor(name, dims, values));
    return name;
  };
  const add = (type, inputs, attributes = {}) => {
    const output = `y${nodes.length}`;
    nodes.push(node(type, [current, ...inputs], [output], attributes));
    current = output;
  };
  const activate = (activation) => {
    if (activation !== undefined) add({ relu: "Relu", sigmoid: "Sigmoid" }[activation], []);
  };
  const writers = {
    flatten() {
      add("Flatten", [], { axis: 1 });
      units = height * width * channels;
    },
    dense(layer) {
      add("Gemm", [weight("kernel", [units, layer.units]), weight("bias", [layer.units])]);
      units = layer.units;
      activate(layer.activation);
    },
    conv2d({ filters, kernelSize, padding, activation }) {
      add(
        "Conv",
        [weight("kernel", [filters, channels, kernelSize, kernelSize]), weight("bias", [filters])],
        {
          kernel_shape: [kernelSize, kernelSize],
          auto_pad: padding === "same" ? "SAME_UPPER" : "VALID",
        },
      );
      channels = filters;
      if (padding === "valid") {
        height -= kernelSize - 1;
        width -= kernelSize - 1;
      }
      activate(activation);
    },
    maxPooling2d() {
      add("MaxPool", [], { kernel_shape: [2, 2], strides: [2, 2] });
      height = Math.floor(height / 2);
      width = Math.floor(width / 2);
    },
    batchNormalization() {
      const n = units || channels;
      const one = () => 1;
      const statistics = [["gamma", one], ["beta"], ["mean"], ["variance", one]];
      add(
        "BatchNormalization",
        statistics.map(([role, draw]) => weight(role, [n], draw)),
        { epsilon: 1e-3 },
      );
    },
    activation: (layer) => activate(layer.activation),
    dropout() {}, // not there at inference
  };
  for (const layer of layers) writers[layer.type](layer);

  const graph = message([
    ...nodes.map((bytes) => [1, bytes]),
    [2, "network"],
    ...initializers.map((bytes) => [5, bytes]),
    [11, valueInfo("x", [batchSize, inputShape[2], inputShape[0], inputShape[1]])],
    [12, valueInfo(current, [batchSize, units])],
  ]);
  const opset = message([[2, 13]]);
  return {
    bytes: message([
      [1, 8],
      [7, graph],
      [8, opset],
    ]),
    parameters,
  };
}

const float32 = 1;

function tensor(name, dims, values) {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return message([...dims.map((n) => [1, n]), [2, float32], [8, name], [9, raw]]);
}

function valueInfo(name, dims) {
  const shape = message(dims.map((n) => [1, message([[1, n]])]));
  const type = message([
    [
      1,
      message([
        [1, float32],
        [2, shape],
      ]),
    ],
  ]);
  return message([
    [1, name],
    [2, type],
  ]);
}

function node(type, inputs, outputs, attributes) {
  return message([
    ...inputs.map((name) => [1, name]),
    ...outputs.map((name) => [2, name]),
    [4, type],
    ...Object.entries(attributes).map(([name, value]) => [5, attribute(name, value)]),
  ]);
}

/** Attribute types: 1 float, 2 int, 3 string, 7 ints. Numbers with a fraction are floats. */
function attribute(name, value) {
  if (Array.isArray(value)) return message([[1, name], ...value.map((n) => [8, n]), [20, 7]]);
  if (typeof value === "string")
    return message([
      [1, name],
      [4, value],
      [20, 3],
    ]);
  if (Number.isInteger(value))
    return message([
      [1, name],
      [3, value],
      [20, 2],
    ]);
  const bits = new Uint8Array(Float32Array.of(value).buffer);
  return Uint8Array.of(
    ...message([
      [1, name],
      [20, 1],
    ]),
    (2 << 3) | 5,
    ...bits,
  );
}

/** A protobuf message: numbers as varints, strings and bytes with their length in front. */
function message(fields) {
  const parts = fields.map(([number, value]) => {
    if (typeof value === "number") return Uint8Array.of(...varint(number << 3), ...varint(value));
    const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
    const head = [...varint((number << 3) | 2), ...varint(bytes.length)];
    const part = new Uint8Array(head.length + bytes.length);
    part.set(head);
    part.set(bytes, head.length);
    return part;
  });
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}
