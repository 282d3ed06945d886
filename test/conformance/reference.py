"""The other side of the conformance command: answers a JSON line with a JSON line.

{"ask": "versions"} | {"ask": "network", ...} | {"ask": "optimizer", ...} | {"ask": "onnx", "from": n, "count": n}
Arrays are {"shape", "data"}, data float32 in base64; ONNX's keep their type.
"""

import base64
import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"  # plain float32, nothing traded for speed
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # what libraries print is no answer

import keras  # noqa: E402
import numpy as np  # noqa: E402
import onnx  # noqa: E402
import tensorflow as tf  # noqa: E402
from onnx import numpy_helper  # noqa: E402

tf.config.threading.set_intra_op_parallelism_threads(1)


def read(array, dtype="float32"):
    data = np.frombuffer(base64.b64decode(array["data"]), "<f4")
    return data.reshape(array["shape"]).astype(dtype)


def written(values):
    return base64.b64encode(np.asarray(values, "<f4").tobytes()).decode()


def made(value):
    """What is described as {"namespace", "class", "options"}."""
    if isinstance(value, list):
        return [made(each) for each in value]
    if isinstance(value, dict):
        options = {name: made(each) for name, each in value["options"].items()}
        return getattr(getattr(keras, value["namespace"]), value["class"])(**options)
    return value


def variable_for(name, shape, unused):
    """The layer's variable of this name; in a wrapper the next of this shape whose path ends so, or else of this shape."""
    fits = [v for v in unused if tuple(v.shape) == tuple(shape)]
    named = [v for v in fits if v.name == name] or [v for v in fits if v.path.endswith(name)]
    if not fits:
        raise ValueError(f"no variable for {name} {shape} among {[(v.path, v.shape) for v in unused]}")
    found = (named or fits)[0]
    unused[:] = [v for v in unused if v is not found]
    return found


def network(case):
    dtype = case.get("dtype", "float32")
    keras.config.set_floatx(dtype)
    keras.config.set_dtype_policy(dtype)
    program = case["program"]
    shape = tuple(program["inputShape"])
    entries = [keras.Input(shape, dtype=dtype) for _ in range(2 if program.get("second") else 1)]
    encoder = program.get("encoder", 0)
    x = keras.Input(shape, dtype=dtype) if encoder else entries[0]
    second = entries[-1]
    layers, tensors = [], []
    for node in program["nodes"]:
        again = node.get("again")
        layers.append(made(node["layer"]) if again is None else layers[again])
        inputs = [x if i == -1 else second if i < 0 else tensors[i] for i in node["inputs"]]
        given = inputs if node.get("spreads") or len(inputs) == 1 else [inputs]
        tensors.append(layers[-1](*given))
        if len(tensors) == encoder:
            inner = keras.Model(x, tensors[-1])
            tensors[-1] = inner(entries[0])
            second = inner(entries[-1])
    ends = program.get("ends", [])
    ends = [*ends, {"node": -1, "loss": program["loss"], "clips": program.get("clips"), "weight": 1}]
    model = keras.Model(entries, [tensors[end["node"]] for end in ends])
    losses, optimizer = [made(end["loss"]) for end in ends], made(program["optimizer"])

    unused = {}
    variables = []
    for weight in case["weights"]:
        layer = layers[weight["node"]]
        left = unused.setdefault(weight["node"], list(layer.weights))
        variable = variable_for(weight["name"], weight["shape"], left)
        variable.assign(read(weight, dtype))
        variables.append(variable)
    if any(unused.values()) or len(variables) != len(model.weights):
        raise ValueError(f"Keras has {len(model.weights)} weights, anygrad {len(variables)}")

    inputs = [read(case[name], dtype) for name in ("x", "second") if name in case]
    wanted = [*case.get("ends", []), case]
    targets = [read(each["y"], dtype).astype("int32" if each["labels"] else dtype) for each in wanted]

    def factors(rank):
        if "sampleWeight" not in case:
            return None
        # Keras does not give a loss a place the factor of its example by itself
        return read({"shape": [-1, *[1] * (rank - 2)], "data": case["sampleWeight"]}, dtype)

    def objective(training):
        outputs = model(inputs, training=training)
        outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
        total = 0
        for end, loss, target, output in zip(ends, losses, targets, outputs):
            given = output
            if end.get("clips"):
                given = tf.identity(output)
                keras.src.backend.set_keras_mask(given, keras.src.backend.get_keras_mask(output))
            total = total + end["weight"] * loss(target, given, sample_weight=factors(len(output.shape)))
        for penalty in model.losses:
            total = total + penalty
        return np.concatenate([np.ravel(output) for output in outputs]), total

    outputs, total = objective(False)
    answer = {"forward": written(outputs), "loss": written([total])}
    if case["inferenceOnly"] or not model.trainable_variables:
        return answer
    with tf.GradientTape() as tape:
        _, total = objective(True)
    learned = model.trainable_variables
    found = tape.gradient(total, [v.value for v in learned], unconnected_gradients="zero")
    found = [tf.convert_to_tensor(gradient) for gradient in found]
    by_variable = {id(v): gradient for v, gradient in zip(learned, found)}
    answer["gradients"] = [written(by_variable[id(v)]) if id(v) in by_variable else None for v in variables]
    optimizer.apply(found, learned)  # which applies the constraints, too
    answer["trainingLoss"] = written([total])
    answer["updated"] = [written(v) for v in variables]
    return answer


def optimizer(case):
    """Several updates with gradients that are given."""
    keras.config.set_floatx("float32")
    variables = [keras.Variable(read(weight)) for weight in case["weights"]]
    update = made(case["optimizer"])
    update.build(variables)
    for gradients in case["steps"]:
        update.apply([tf.constant(read(gradient)) for gradient in gradients], variables)
    return {"updated": [written(v) for v in variables]}


def array(values):
    if isinstance(values, list):
        return {"sequence": [array(each) for each in values]}
    if values is None:
        return None
    return {
        "type": values.dtype.name,
        "shape": list(values.shape),
        "data": base64.b64encode(np.ascontiguousarray(values).tobytes()).decode() if values.dtype != object else "",
    }


def attribute(each):
    value = onnx.helper.get_attribute_value(each)
    if isinstance(value, bytes):
        return value.decode("utf8", "replace")
    if isinstance(value, onnx.TensorProto):
        return array(numpy_helper.to_array(value))
    if isinstance(value, onnx.GraphProto):
        return {"graph": True}
    if isinstance(value, (list, tuple)) or hasattr(value, "__iter__") and not isinstance(value, str):
        return [v.decode("utf8", "replace") if isinstance(v, bytes) else v if isinstance(v, (int, float)) else str(v) for v in value]
    return value if isinstance(value, (int, float, str)) else str(value)


def stored(path, kind):
    """A tensor of a test case; None for what is no plain tensor."""
    try:
        if kind.WhichOneof("value") == "tensor_type":
            proto = onnx.TensorProto()
            with open(path, "rb") as file:
                proto.ParseFromString(file.read())
            return array(numpy_helper.to_array(proto))
    except (TypeError, ValueError, KeyError):
        pass
    return {"type": "other", "shape": [], "data": ""}


folder = os.path.join(os.path.dirname(onnx.__file__), "backend", "test", "data", "node")
names = sorted(os.listdir(folder))


def onnx_cases(case):
    """Node cases, as the ONNX wheel brings them."""
    return {"cases": [onnx_case(name) for name in names[case["from"] : case["from"] + case["count"]]], "of": len(names)}


def onnx_case(name):
    model = onnx.load(os.path.join(folder, name, "model.onnx"), load_external_data=False)
    graph = model.graph
    data = os.path.join(folder, name, "test_data_set_0")
    return {
        "name": name,
        "opset": max((each.version for each in model.opset_import if each.domain == ""), default=0),
        "nodes": [
            {
                "operator": node.op_type if node.domain == "" else f"{node.domain}.{node.op_type}",
                "inputs": list(node.input),
                "outputs": list(node.output),
                "attributes": {each.name: attribute(each) for each in node.attribute},
            }
            for node in graph.node
        ],
        "constants": {each.name: array(numpy_helper.to_array(each)) for each in graph.initializer},
        "inputs": {
            each.name: stored(os.path.join(data, f"input_{i}.pb"), each.type) for i, each in enumerate(graph.input)
        },
        "outputs": {
            each.name: stored(os.path.join(data, f"output_{i}.pb"), each.type) for i, each in enumerate(graph.output)
        },
    }


def versions(_):
    return {"keras": keras.__version__, "tensorflow": tf.__version__, "onnx": onnx.__version__, "python": sys.version.split()[0]}


asked = {"network": network, "optimizer": optimizer, "onnx": onnx_cases, "versions": versions}
for count, line in enumerate(sys.stdin):
    question = json.loads(line)
    try:
        answer = asked[question["ask"]](question)
    except Exception as error:  # whatever a library throws: it is the answer
        answer = {"error": f"{type(error).__name__}: {error}"[:1000]}
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
    if count % 40 == 39:
        keras.backend.clear_session()
