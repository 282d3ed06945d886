"""Keras 3 on a backend: compile and train_on_batch. Options: threads, backend "tensorflow" | "jax"."""
import importlib
import json
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
asked = json.loads(sys.argv[1])
os.environ["KERAS_BACKEND"] = asked["backend"]
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
if asked["backend"] == "jax" and asked["threads"] == 1:
    # XLA has no option that holds all of its threads: they get one core
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
import keras  # noqa: E402
from keras import layers as kl  # noqa: E402

from batch import learning_rate  # noqa: E402
from protocol.serve import serve  # noqa: E402


def start(options):
    if options["backend"] == "tensorflow":
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(options["threads"])
        tf.config.threading.set_inter_op_parallelism_threads(1)
    keras.utils.set_random_seed(1)
    backend = importlib.import_module(options["backend"])
    names = {"tensorflow": "TensorFlow", "jax": "JAX"}
    return {
        "engine": f"Keras {keras.__version__}, {names[options['backend']]} {backend.__version__}",
        "open": open_network,
    }


classes = {
    "relu": kl.ReLU,
    "lstm": kl.LSTM,
    "gru": kl.GRU,
}


def applied(layers, x):
    for layer in layers:
        kind = layer["type"]
        if kind == "residual":
            x = kl.add([applied(layer["layers"], x), x])
            continue
        # multiHeadAttention → MultiHeadAttention, keyDim → key_dim
        make = classes.get(kind) or getattr(kl, kind[0].upper() + kind[1:].replace("1d", "1D").replace("2d", "2D"))
        options = {
            re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), name): value
            for name, value in layer.items()
            if name != "type"
        }
        x = make(**options)(x, x) if kind == "multiHeadAttention" else make(**options)(x)
    return x


def open_network(network, inputs, labels):
    keras.backend.clear_session()
    x = keras.Input(network["inputShape"])
    model = keras.Model(x, applied(network["layers"], x))
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    batch, y = (keras.ops.convert_to_tensor(values) for values in (inputs, labels))
    seen = batch[: network["inferenceBatchSize"]]

    def train():
        return float(model.train_on_batch(batch, y))

    def infer():
        model.predict_on_batch(seen)

    return {"parameters": model.count_params(), "train": train, "infer": infer}


serve(start)
