"""A client in Python: the same network in Keras, over IDX files as those of anygrad's clients."""
import gzip
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras
import numpy as np
from flwr.app import ArrayRecord, Context, Message, MetricRecord, RecordDict
from flwr.clientapp import ClientApp

app = ClientApp()


def read(folder: str, part: str) -> tuple[np.ndarray, np.ndarray]:
    def idx(kind: str, header: int) -> np.ndarray:
        path = Path(folder) / f"{part}-{kind}-ubyte"
        raw = path.read_bytes() if path.exists() else gzip.decompress(path.with_name(path.name + ".gz").read_bytes())
        return np.frombuffer(raw, np.uint8, offset=header)

    labels = idx("labels-idx1", 8)
    return idx("images-idx3", 16).reshape(len(labels), 784).astype(np.float32) / 255, labels.astype(np.int32)


def network() -> keras.Model:
    return keras.Sequential(
        [keras.Input((784,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10, activation="softmax")]
    )


@app.train()
def train(message: Message, context: Context) -> Message:
    config = message.content["config"]
    net = network()
    net.set_weights(message.content["arrays"].to_numpy_ndarrays())
    net.compile(keras.optimizers.SGD(config["learning-rate"]), "sparse_categorical_crossentropy", metrics=["accuracy"])
    x, y = read(context.node_config["data"], "train")
    keras.utils.set_random_seed(1000 * int(context.node_config["seed"]) + int(config["server-round"]))
    history = net.fit(x, y, batch_size=config["batch-size"], epochs=config["epochs"], verbose=0)
    scores = {name: history.history[name][-1] for name in ("loss", "accuracy")}
    metrics = MetricRecord({"num-examples": len(y), **scores})
    return Message(RecordDict({"arrays": ArrayRecord(net.get_weights()), "metrics": metrics}), reply_to=message)


@app.evaluate()
def evaluate(message: Message, context: Context) -> Message:
    net = network()
    net.set_weights(message.content["arrays"].to_numpy_ndarrays())
    net.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    x, y = read(context.node_config["data"], "t10k")
    loss, accuracy = net.evaluate(x, y, verbose=0)
    metrics = MetricRecord({"num-examples": len(y), "loss": loss, "accuracy": accuracy})
    return Message(RecordDict({"metrics": metrics}), reply_to=message)
