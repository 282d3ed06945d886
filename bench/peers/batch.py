"""The networks of networks.json and the one batch of random inputs, layer for layer and number for number as batch.mjs has
them."""
import json
import math
from pathlib import Path

import numpy

_file = json.loads(Path(__file__).with_name("networks.json").read_text())
learning_rate, classes = _file["learningRate"], _file["classes"]


def _expanded(layer):
    kind = layer["type"]
    if kind == "convolution":
        return _normalized({**layer, "type": "conv2d"}, True)
    if kind == "separable":
        return [
            block
            for i in range(layer.get("times", 1))
            for block in (
                *_normalized(
                    {"type": "depthwiseConv2d", "kernelSize": 3, "strides": layer["strides"] if i == 0 else 1}, True
                ),
                *_normalized({"type": "conv2d", "kernelSize": 1, "strides": 1, "filters": layer["filters"]}, True),
            )
        ]
    if kind == "inverted":
        blocks = []
        for i in range(layer.get("times", 1)):
            filters = layer["filters"]
            inputs, strides = (layer["inputs"], layer["strides"]) if i == 0 else (filters, 1)
            pointwise = {"type": "conv2d", "kernelSize": 1, "strides": 1}
            layers = [
                *(
                    _normalized({**pointwise, "filters": inputs * layer["expansion"]}, True)
                    if layer["expansion"] > 1
                    else []
                ),
                *_normalized({"type": "depthwiseConv2d", "kernelSize": 3, "strides": strides}, True),
                *_normalized({**pointwise, "filters": filters}, False),
            ]
            blocks += [{"type": "residual", "layers": layers}] if inputs == filters and strides == 1 else layers
        return blocks
    if kind == "encoder":
        units, heads = layer["units"], layer["numHeads"]
        attention = [{"type": "multiHeadAttention", "numHeads": heads, "keyDim": units // heads}]
        wide = [
            {"type": "dense", "units": layer["hidden"], "activation": "relu"},
            {"type": "dense", "units": units},
        ]
        return [
            {"type": "residual", "layers": [{"type": "layerNormalization"}, *layers]} for layers in (attention, wide)
        ]
    return [layer]


def _normalized(convolution, is_active):
    relu = [{"type": "relu", "maxValue": 6}] if is_active else []
    return [{**convolution, "padding": "same", "useBias": False}, {"type": "batchNormalization"}, *relu]


def _complete(network):
    sizes = {"batchSize": _file["batchSize"], "inputShape": _file["inputShape"], **network}
    layers = [expanded for layer in network["layers"] for expanded in _expanded(layer)]
    return {"inferenceBatchSize": sizes["batchSize"], **sizes, "layers": layers}


networks = {name: _complete(network) for name, network in _file["networks"].items()}


def network_named(name):
    """A network by its name; of NAME@N it is that one with N examples, in training and inference."""
    base, _, size = name.partition("@")
    sizes = {"batchSize": int(size), "inferenceBatchSize": int(size)} if size else {}
    return {**networks[base], **sizes}


def random_batch(network):
    """Inputs in [0, 1) as float32 [n, …, channels] and labels as int64 [n]."""
    state = 1

    def draw():
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return (state >> 8) / 2**24

    shape = (network["batchSize"], *network["inputShape"])
    inputs = numpy.array([draw() for _ in range(math.prod(shape))], numpy.float32)
    labels = numpy.array([int(draw() * classes) for _ in range(shape[0])], numpy.int64)
    return inputs.reshape(shape), labels
