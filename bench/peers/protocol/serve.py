"""The line protocol of serve.mjs for peers in Python. An engine calls `serve(start)` with its own `start(options)`,
which returns { "engine": text, "open": function(network, inputs, labels) }; what is opened is a dictionary of
"parameters", "train" (returns the loss), "infer" and, if there is something to say, "note"."""
import json
import os
import sys
from time import perf_counter, process_time

from batch import network_named, random_batch


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
    name, opened = None, None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if name != request["network"]:
                name = opened = None
                network = network_named(request["network"])
                opened = peer["open"](network, *random_batch(network))
                name = request["network"]
            reply(answer(opened, request))
        except Exception as error:
            reply({"error": f"{type(error).__name__}: {error}"})


def answer(opened, request):
    step = opened[request["mode"]]
    losses = [step() for _ in range(request["warmup"])]
    milliseconds, processor = [], []
    before, cpu = perf_counter(), process_time()
    for _ in range(request["steps"]):
        losses.append(step())
        after, cpu_after = perf_counter(), process_time()
        milliseconds.append((after - before) * 1000)
        processor.append((cpu_after - cpu) * 1000)
        before, cpu = after, cpu_after
    parameters, note = opened["parameters"], opened.get("note")
    return {"milliseconds": milliseconds, "processor": processor, "losses": losses, "parameters": parameters, "note": note}
