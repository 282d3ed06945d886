"""
Reads the event files below a folder by TensorBoard itself: what its scalars, histograms and hparams tabs get. A question is a line
of JSON, { "folder" }, so is the answer. What was read once is gone on with, as TensorBoard does while a run goes on.
"""
import json
import os
import sys

from tensorboard import version
from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.context import RequestContext
from tensorboard.plugins import base_plugin
from tensorboard.plugins.hparams import backend_context, metadata

accumulators = {}


def settings(accumulator):
    if metadata.SESSION_START_INFO_TAG not in accumulator.summary_metadata:
        return {}
    content = accumulator.SummaryMetadata(metadata.SESSION_START_INFO_TAG).plugin_data.content
    hparams = metadata.parse_session_start_info_plugin_data(content).hparams
    return {name: getattr(value, value.WhichOneof("kind")) for name, value in hparams.items()}


def run(path):
    accumulator = accumulators.setdefault(path, EventAccumulator(path, size_guidance={"scalars": 0, "histograms": 0}))
    tags = accumulator.Reload().Tags()
    return {
        "scalars": {tag: [[e.step, e.value] for e in accumulator.Scalars(tag)] for tag in tags["scalars"]},
        "histograms": {
            tag: [
                [e.step, e.histogram_value.min, e.histogram_value.max, e.histogram_value.num, e.histogram_value.sum]
                for e in accumulator.Histograms(tag)
            ]
            for tag in tags["histograms"]
        },
        "hparams": settings(accumulator),
    }


def read(folder):
    runs = {
        os.path.relpath(path, folder): run(path)
        for path, _, files in os.walk(folder)
        if any("tfevents" in name for name in files)
    }
    multiplexer = plugin_event_multiplexer.EventMultiplexer().AddRunsFromDirectory(folder)
    multiplexer.Reload()
    provider = data_provider.MultiplexerDataProvider(multiplexer, folder)
    context = RequestContext()
    backend = backend_context.Context(base_plugin.TBContext(logdir=folder, data_provider=provider))
    experiment = backend.experiment_from_metadata(context, "", True, backend.hparams_metadata(context, ""), [])
    return {
        "version": version.VERSION,
        "runs": runs,
        "experiment": sorted(info.name for info in experiment.hparam_infos),
        "metrics": sorted(f"{info.name.group}/{info.name.tag}" for info in experiment.metric_infos),
    }


for line in sys.stdin:
    print(json.dumps(read(json.loads(line)["folder"])), flush=True)
