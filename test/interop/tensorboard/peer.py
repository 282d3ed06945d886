"""Reads the event files below a folder by TensorBoard itself: what its scalars, histograms and hparams tabs get, as JSON."""
import json
import os
import sys

from tensorboard import version
from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.context import RequestContext
from tensorboard.plugins.hparams import backend_context, list_session_groups, metadata
from tensorboard.plugins.hparams.api_pb2 import ListSessionGroupsRequest
from tensorboard.plugins import base_plugin

folder = sys.argv[1]
runs = {}
for path, _, files in os.walk(folder):
    if not any("tfevents" in name for name in files):
        continue
    accumulator = EventAccumulator(path, size_guidance={"scalars": 0, "histograms": 0}).Reload()
    tags = accumulator.Tags()
    hparams = {}
    if metadata.PLUGIN_NAME in accumulator.summary_metadata.get(metadata.SESSION_START_INFO_TAG, "").__str__():
        content = accumulator.SummaryMetadata(metadata.SESSION_START_INFO_TAG).plugin_data.content
        for name, value in metadata.parse_session_start_info_plugin_data(content).hparams.items():
            hparams[name] = getattr(value, value.WhichOneof("kind"))
    runs[os.path.relpath(path, folder)] = {
        "scalars": {tag: [[e.step, e.value] for e in accumulator.Scalars(tag)] for tag in tags["scalars"]},
        "histograms": {
            tag: [
                [e.step, e.histogram_value.min, e.histogram_value.max, e.histogram_value.num, e.histogram_value.sum]
                for e in accumulator.Histograms(tag)
            ]
            for tag in tags["histograms"]
        },
        "hparams": hparams,
    }

multiplexer = plugin_event_multiplexer.EventMultiplexer().AddRunsFromDirectory(folder)
multiplexer.Reload()
provider = data_provider.MultiplexerDataProvider(multiplexer, folder)
context = RequestContext()
backend = backend_context.Context(base_plugin.TBContext(logdir=folder, data_provider=provider))
experiment = backend.experiment_from_metadata(context, "", True, backend.hparams_metadata(context, ""), [])
request = ListSessionGroupsRequest(start_index=0, slice_size=10, include_metrics=True)
print(
    json.dumps(
        {
            "version": version.VERSION,
            "runs": runs,
            "experiment": sorted(info.name for info in experiment.hparam_infos),
            "metrics": sorted(f"{info.name.group}/{info.name.tag}" for info in experiment.metric_infos),
        }
    )
)
