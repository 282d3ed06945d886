"""PyTorch, eager, NCHW, as its tutorials write a training step. Options: threads."""
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
import torch  # noqa: E402
from torch import nn  # noqa: E402

from batch import batch_size, input_shape, learning_rate  # noqa: E402
from protocol.serve import serve  # noqa: E402


def start(options):
    torch.set_num_threads(options["threads"])
    torch.manual_seed(1)
    return {"engine": f"PyTorch {torch.__version__}, {blas()}", "open": open_network}


def blas():
    """The BLAS that is really loaded; Debian's torch takes the system's alternative."""
    torch.ones(8, 8) @ torch.ones(8, 8)
    loaded = {os.path.realpath(line.split()[-1]) for line in open("/proc/self/maps") if "blas" in line}
    return ", ".join(sorted(Path(path).name for path in loaded)) or "BLAS linked statically"


def open_network(layers, images, labels):
    model = build(layers)
    x = torch.from_numpy(images).permute(0, 3, 1, 2).contiguous()
    y = torch.from_numpy(labels)
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate, eps=1e-7)
    loss_of = nn.CrossEntropyLoss()

    def train():
        model.train()
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    def infer():
        model.eval()
        with torch.inference_mode():
            model(x)

    statistics = [b for b in model.buffers() if b.dim() > 0]  # without the counters of batches
    parameters = sum(t.numel() for t in [*model.parameters(), *statistics])
    return {"parameters": parameters, "train": train, "infer": infer}


def build(layers):
    """The layers find their input sizes by running a batch of zeros through those before."""
    activations = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid}
    model = nn.Sequential()
    x = torch.zeros(batch_size, input_shape[2], *input_shape[:2])

    def add(module):
        nonlocal x
        model.append(module)
        x = module(x)

    for layer in layers:
        kind, size = layer["type"], x.shape[1]
        if kind == "flatten":
            add(nn.Flatten())
        elif kind == "dense":
            add(keras_start(nn.Linear(size, layer["units"])))
        elif kind == "conv2d":
            add(keras_start(nn.Conv2d(size, layer["filters"], layer["kernelSize"], padding=layer["padding"])))
        elif kind == "maxPooling2d":
            add(nn.MaxPool2d(2))
        elif kind == "dropout":
            add(nn.Dropout(layer["rate"]))
        elif kind == "batchNormalization":
            # PyTorch's momentum is the weight of the new value, Keras's 0.99 that of the old one.
            add((nn.BatchNorm2d if x.dim() == 4 else nn.BatchNorm1d)(size, eps=1e-3, momentum=0.01))
        if "activation" in layer:
            add(activations[layer["activation"]]())
    return model


def keras_start(module):
    nn.init.xavier_uniform_(module.weight)
    nn.init.zeros_(module.bias)
    return module


serve(start)
