"""Keras 3 on TensorFlow's CPU build: compile and train_on_batch. Options: threads. (Not keras.py: that would hide keras.)"""
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras import layers as kl  # noqa: E402

from batch import input_shape, learning_rate  # noqa: E402
from protocol.serve import serve  # noqa: E402


def start(options):
    tf.config.threading.set_intra_op_parallelism_threads(options["threads"])
    tf.config.threading.set_inter_op_parallelism_threads(1)
    keras.utils.set_random_seed(1)
    return {"engine": f"Keras {keras.__version__}, TensorFlow {tf.__version__}", "open": open_network}


makers = {
    "flatten": lambda layer: kl.Flatten(),
    "dense": lambda layer: kl.Dense(layer["units"], activation=layer.get("activation")),
    "conv2d": lambda layer: kl.Conv2D(
        layer["filters"], layer["kernelSize"], padding=layer["padding"], activation=layer.get("activation")
    ),
    "maxPooling2d": lambda layer: kl.MaxPooling2D(2),
    "dropout": lambda layer: kl.Dropout(layer["rate"]),
    "batchNormalization": lambda layer: kl.BatchNormalization(),
    "activation": lambda layer: kl.Activation(layer["activation"]),
}


def open_network(layers, images, labels):
    keras.backend.clear_session()
    model = keras.Sequential([keras.Input(input_shape), *(makers[layer["type"]](layer) for layer in layers)])
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    x, y = tf.constant(images), tf.constant(labels)

    def train():
        return float(model.train_on_batch(x, y))

    def infer():
        model.predict_on_batch(x)

    return {"parameters": model.count_params(), "train": train, "infer": infer}


serve(start)
