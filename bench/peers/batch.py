"""The networks of networks.json and the one batch of random images, number for number as batch.mjs draws them."""
import json
import math
from pathlib import Path

import numpy

_file = json.loads(Path(__file__).with_name("networks.json").read_text())
networks, batch_size, learning_rate = _file["networks"], _file["batchSize"], _file["learningRate"]
input_shape, classes = tuple(_file["inputShape"]), _file["classes"]


def random_batch():
    """Images in [0, 1) as float32 [n, 28, 28, 1] and labels as int64 [n]."""
    state = 1

    def draw():
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return (state >> 8) / 2**24

    images = numpy.array([draw() for _ in range(batch_size * math.prod(input_shape))], numpy.float32)
    labels = numpy.array([int(draw() * classes) for _ in range(batch_size)], numpy.int64)
    return images.reshape(batch_size, *input_shape), labels
