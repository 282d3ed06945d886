"""PyTorch, eager, NCHW, as its tutorials write a training step. Options: threads."""
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
import torch  # noqa: E402
from torch import nn  # noqa: E402

from batch import learning_rate  # noqa: E402
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


def open_network(network, inputs, labels):
    x = channels_second(torch.from_numpy(inputs), network["layers"])
    model, _ = build(network["layers"], x[:2])
    y = torch.from_numpy(labels)
    seen = x[: network["inferenceBatchSize"]]
    optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=learning_rate, eps=1e-7)
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
            model(seen)

    statistics = [b for b in model.buffers() if b.dim() > 0]  # without the counters of batches
    weights = [p for p in model.parameters() if p.requires_grad]
    parameters = sum(t.numel() for t in [*weights, *statistics])
    return {"parameters": parameters, "train": train, "infer": infer}


def channels_second(x, layers):
    """Images and what conv1d reads have their channels behind the batch; recurrent layers and attention have them last."""
    if x.dim() == 4:
        return x.permute(0, 3, 1, 2).contiguous()
    return x.permute(0, 2, 1).contiguous() if layers[0]["type"] == "conv1d" else x


class Residual(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return x + self.inner(x)


class LastState(nn.Module):
    """The output of a recurrent module's last step."""

    def __init__(self, recurrent):
        super().__init__()
        self.recurrent = recurrent
        if isinstance(recurrent, nn.LSTM):
            # Keras has one bias where PyTorch has two that are added; GRU has two in both.
            recurrent.bias_hh_l0.requires_grad_(False).zero_()

    def forward(self, x):
        return self.recurrent(x)[0][:, -1]


class SelfAttention(nn.Module):
    def __init__(self, size, heads):
        super().__init__()
        self.attention = nn.MultiheadAttention(size, heads, batch_first=True)

    def forward(self, x):
        return self.attention(x, x, x, need_weights=False)[0]


class Mean(nn.Module):
    def __init__(self, axes):
        super().__init__()
        self.axes = axes

    def forward(self, x):
        return x.mean(self.axes)


def build(layers, x):
    """The module, and its output for x: layers find their input sizes by running it through those before."""
    activations = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid}
    model = nn.Sequential()
    conv1d = any(layer["type"] == "conv1d" for layer in layers)

    def add(module):
        nonlocal x
        model.append(module)
        with torch.no_grad():
            x = module(x)

    def convolution(layer, make, filters, size, **options):
        kernel, strides = layer["kernelSize"], layer.get("strides", 1)
        # Windows of "same" with a stride begin a pixel earlier than Keras's: as many of them, as much work.
        padding = kernel // 2 if strides > 1 else layer["padding"]
        bias = layer.get("useBias", True)
        add(keras_start(make(size, filters, kernel, stride=strides, padding=padding, bias=bias, **options)))

    for layer in layers:
        kind, size = layer["type"], x.shape[-1 if x.dim() == 3 and not conv1d else 1]
        if kind == "residual":
            inner, _ = build(layer["layers"], x)
            add(Residual(inner))
        elif kind == "flatten":
            add(nn.Flatten())
        elif kind == "dense":
            add(keras_start(nn.Linear(size, layer["units"])))
        elif kind == "conv2d":
            convolution(layer, nn.Conv2d, layer["filters"], size)
        elif kind == "depthwiseConv2d":
            convolution(layer, nn.Conv2d, size, size, groups=size)
        elif kind == "conv1d":
            convolution(layer, nn.Conv1d, layer["filters"], size)
        elif kind == "lstm":
            add(LastState(nn.LSTM(size, layer["units"], batch_first=True)))
        elif kind == "gru":
            add(LastState(nn.GRU(size, layer["units"], batch_first=True)))
        elif kind == "multiHeadAttention":
            add(SelfAttention(size, layer["numHeads"]))
        elif kind == "layerNormalization":
            add(nn.LayerNorm(size, eps=1e-3))
        elif kind == "maxPooling2d":
            add(nn.MaxPool2d(2))
        elif kind == "maxPooling1d":
            add(nn.MaxPool1d(2))
        elif kind == "globalAveragePooling1d":
            add(Mean(2 if conv1d else 1))
        elif kind == "globalAveragePooling2d":
            add(Mean((2, 3)))
        elif kind == "dropout":
            add(nn.Dropout(layer["rate"]))
        elif kind == "batchNormalization":
            # PyTorch's momentum is the weight of the new value, Keras's 0.99 that of the old one.
            add((nn.BatchNorm2d if x.dim() == 4 else nn.BatchNorm1d)(size, eps=1e-3, momentum=0.01))
        elif kind == "relu":
            add(nn.ReLU6())
        elif kind != "activation":
            raise KeyError(f"{kind} is not written for PyTorch")
        if "activation" in layer:
            add(activations[layer["activation"]]())
    return model, x


def keras_start(module):
    nn.init.xavier_uniform_(module.weight)
    if module.bias is not None:
        nn.init.zeros_(module.bias)
    return module


serve(start)
