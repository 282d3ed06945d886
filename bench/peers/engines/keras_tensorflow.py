"""Keras 3 on TensorFlow's CPU build: compile and train_on_batch. Options: threads. (Not keras.py: that would hide keras.)"""
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras import layers as kl  # noqa: E402

from batch import learning_rate  # noqa: E402
from protocol.serve import serve  # noqa: E402


def start(options):
    tf.config.threading.set_intra_op_parallelism_threads(options["threads"])
    tf.config.threading.set_inter_op_parallelism_threads(1)
    keras.utils.set_random_seed(1)
    return {"engine": f"Keras {keras.__version__}, TensorFlow {tf.__version__}", "open": open_network}


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
    batch, y = tf.constant(inputs), tf.constant(labels)
    seen = batch[: network["inferenceBatchSize"]]

    def train():
        return float(model.train_on_batch(batch, y))

    def infer():
        model.predict_on_batch(seen)

    return {"parameters": model.count_params(), "train": train, "infer": infer}


serve(start)
