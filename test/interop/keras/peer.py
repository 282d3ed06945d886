"""Real Keras: a line of JSON is a model file with inputs, the answer what it predicts and the files that Keras saves.

{"file": base64 of a model file, "format": "keras" or another ending, "x": [{"shape", "data"}]} gives {"forward", "layers", "keras", "h5"}, or {"error"}; with
"exact" also {"exact"}, what the same model gives in doubles.
"""

import base64
import json
import os
import sys
import tempfile

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # what libraries print is no answer

import keras  # noqa: E402
import numpy as np  # noqa: E402


def encoded(path):
    with open(path, "rb") as file:
        return base64.b64encode(file.read()).decode()


def outputs_of(model, inputs):
    # not model(x): a CenterCrop in it then has normalizations behind it train, since its own default is training=True
    predicted = model(inputs if len(inputs) > 1 else inputs[0], training=False)
    return np.concatenate([np.ravel(each) for each in keras.tree.flatten(predicted)]).astype("<f4")


def in_doubles(model, inputs):
    twin = keras.models.model_from_json(model.to_json().replace("float32", "float64"))
    twin.set_weights(model.get_weights())
    return outputs_of(twin, [x.astype("f8") for x in inputs])


def exchange(question, folder):
    path = os.path.join(folder, "given." + question.get("format", "keras"))
    with open(path, "wb") as file:
        file.write(base64.b64decode(question["file"]))
    model = keras.models.load_model(path, compile=False)
    inputs = [np.frombuffer(base64.b64decode(x["data"]), "<f4").reshape(x["shape"]) for x in question["x"]]
    forward = base64.b64encode(outputs_of(model, inputs).tobytes()).decode()
    answer = {"forward": forward, "layers": [layer.name for layer in model.layers]}
    if question.get("exact"):
        answer["exact"] = base64.b64encode(in_doubles(model, inputs).tobytes()).decode()
    for name in ("keras", "h5"):
        again = os.path.join(folder, "again." + name)
        model.save(again)
        answer[name] = encoded(again)
    return answer


def application(question, _):
    """A network of keras.applications in a file: statistics as training leaves them, and logits, since probabilities of untrained networks are alike."""
    rng = np.random.default_rng(0)
    keras.utils.set_random_seed(1)
    size = question["size"]
    net = getattr(keras.applications, question["application"])(
        input_shape=(size, size, 3), weights=None, include_top=False, pooling="avg"
    )
    for v in net.variables:
        if "moving" in v.name:
            noise = rng.normal(0, 0.2, v.shape)
            v.assign(v + (np.abs(noise) if "variance" in v.name else noise))
        if "layer_scale" in v.path:
            v.assign(rng.normal(0, 1, v.shape))  # a millionth otherwise, of which nothing is seen
    net.save(question["path"])
    x = rng.uniform(0, 255, (2, size, size, 3)).astype("<f4")
    y = outputs_of(net, [x])
    return {"x": base64.b64encode(x.tobytes()).decode(), "y": base64.b64encode(y.tobytes()).decode()}


for line in sys.stdin:
    with tempfile.TemporaryDirectory() as folder:
        try:
            question = json.loads(line)
            answer = (application if "application" in question else exchange)(question, folder)
        except Exception as error:  # what is wrong with one model ends no other
            answer = {"error": repr(error).split("Exception encountered:")[-1][-700:]}
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
