"""Flower's own server of secure aggregation, its nodes 1 and 2 in Flower's client and 3 and 4 behind stdin and stdout: a line of JSON a message."""
import base64
import copy
import json
import sys
from types import SimpleNamespace

import numpy as np
from flwr.app import ArrayRecord, ConfigRecord, Context, Message, MetricRecord, RecordDict
from flwr.client.mod import secaggplus_mod
from flwr.common import Code, FitIns, FitRes, Status, ndarrays_to_parameters, parameters_to_ndarrays
from flwr.compat.common import recorddict_compat
from flwr.server import LegacyContext
from flwr.server.workflow import SecAggPlusWorkflow
from flwr.server.workflow.constant import MAIN_CONFIGS_RECORD, MAIN_PARAMS_RECORD
from flwr.supercore.task_identity import TaskIdentity

TaskIdentity.run_id = TaskIdentity.task_id = TaskIdentity.node_id = 1

asked = json.loads(sys.stdin.readline())
weights = {int(node): [np.array(a, np.float32) for a in arrays] for node, arrays in asked["weights"].items()}
examples = {int(node): count for node, count in asked["examples"].items()}


def wire(value):
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, list):
        return [wire(each) for each in value]
    return {"int": str(value)} if isinstance(value, int) else value


def unwire(value):
    if isinstance(value, list):
        return [unwire(each) for each in value]
    if isinstance(value, dict):
        return base64.b64decode(value["bytes"]) if "bytes" in value else int(value["int"])
    return value


def new_context(node):
    return Context(run_id=1, node_id=node, node_config={}, state=RecordDict(), run_config={}, series_id=1)


contexts = {node: new_context(node) for node in weights}


def fit(message, context):
    node = message.metadata.dst_node_id
    parameters = ndarrays_to_parameters(weights[node])
    result = FitRes(Status(Code.OK, ""), parameters, examples[node], {})
    return Message(recorddict_compat.fitres_to_recorddict(result, False), reply_to=message)


def answer(message):
    node = message.metadata.dst_node_id
    message.content = copy.deepcopy(message.content)  # nodes take out what they have read
    if node < 3:
        return secaggplus_mod(message, contexts[node], fit)
    config = message.content.config_records["secaggplus_configs"]
    if node == asked["dies"] and config["stage"] == "collect_masked_vectors":
        return None
    print(json.dumps({"node": node, "config": {key: wire(value) for key, value in config.items()}}), flush=True)
    config = {key: unwire(value) for key, value in json.loads(sys.stdin.readline()).items()}
    content = RecordDict({"secaggplus_configs": ConfigRecord(config)})
    if "masked_params" in config:
        status = {"code": 0, "message": "Success"}
        content["fitres.parameters"] = ArrayRecord()
        content["fitres.num_examples"] = MetricRecord({"num_examples": examples[node]})
        content["fitres.metrics"] = ConfigRecord({})
        content["fitres.status"] = ConfigRecord(status)
    return Message(content, reply_to=message)


class Strategy:
    def configure_fit(self, server_round, parameters, client_manager):
        return [(SimpleNamespace(node_id=node), FitIns(parameters, {})) for node in weights]

    def aggregate_fit(self, server_round, results, failures):
        mean = parameters_to_ndarrays(results[0][1].parameters)
        print(json.dumps({"mean": [array.tolist() for array in mean]}), flush=True)
        return None, {}


grid = SimpleNamespace(send_and_receive=lambda messages, timeout=None: list(filter(None, map(answer, list(messages)))))
manager = SimpleNamespace(num_available=lambda: len(weights))
context = LegacyContext(new_context(0), strategy=Strategy(), client_manager=manager)
context.state[MAIN_CONFIGS_RECORD] = ConfigRecord({"current_round": 1})
context.state[MAIN_PARAMS_RECORD] = ArrayRecord([np.zeros(1, np.float32)])
SecAggPlusWorkflow(num_shares=asked["shares"], reconstruction_threshold=2)(grid, context)
