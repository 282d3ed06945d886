"""The line protocol of serve.mjs for peers in Python. An engine calls `serve(start)` with its own `start(options)`,
which returns { "engine": text, "open": function(name, layers, images, labels) }; what is opened is a dictionary of
"parameters", "train" (returns the loss), "infer" and, if there is something to say, "note"."""
import json
import os
import sys
from time import perf_counter, process_time

from batch import networks, random_batch


def serve(start):
    # Frameworks print advice; stdout belongs to the protocol.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def reply(line):
        out.write(json.dumps(line) + "\n")
        out.flush()

    try:
        peer = start(json.loads(sys.argv[1]))
    except Exception as error:
        reply({"error": f"{type(error).__name__}: {error}"})
        sys.exit(1)
    reply({"engine": peer["engine"]})
    images, labels = random_batch()
    name, opened = None, None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if name != request["network"]:
                name = opened = None
                opened = peer["open"](networks[request["network"]]["layers"], images, labels)
                name = request["network"]
            reply(answer(opened, request))
        except Exception as error:
            reply({"error": f"{type(error).__name__}: {error}"})


def answer(opened, request):
    step = opened[request["mode"]]
    losses = [step() for _ in range(request["warmup"])]
    milliseconds = []
    cpu, began = process_time(), perf_counter()
    before = began
    for _ in range(request["steps"]):
        losses.append(step())
        after = perf_counter()
        milliseconds.append((after - before) * 1000)
        before = after
    cores = (process_time() - cpu) / max(perf_counter() - began, 1e-9)
    parameters, note = opened["parameters"], opened.get("note")
    return {"milliseconds": milliseconds, "losses": losses, "cores": cores, "parameters": parameters, "note": note}
