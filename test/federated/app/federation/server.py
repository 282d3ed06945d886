"""The server: an unchanged strategy of Flower, over the replies in an order that is the same in every run."""
import numpy as np
from flwr.app import ArrayRecord, ConfigRecord, Context
from flwr.common import ndarrays_to_parameters
from flwr.server import LegacyContext, ServerConfig
from flwr.server import strategy as legacy
from flwr.server.workflow import DefaultWorkflow, SecAggPlusWorkflow
from flwr.server.workflow.constant import MAIN_PARAMS_RECORD
from flwr.serverapp import Grid, ServerApp, strategy

app = ServerApp()


def aggregate_securely(grid: Grid, context: Context, arrays: list[np.ndarray], train: dict) -> ArrayRecord:
    """FedAvg of SecAgg+, whose workflow takes the strategies that Flower had before."""
    config = context.run_config
    made = legacy.FedAvg(
        fraction_evaluate=config["fraction-evaluate"],
        min_fit_clients=config["nodes"],
        min_evaluate_clients=config["nodes"],
        min_available_clients=config["nodes"],
        on_fit_config_fn=lambda turn: {**train, "server-round": turn},
        initial_parameters=ndarrays_to_parameters(arrays),
    )
    context = LegacyContext(context, ServerConfig(num_rounds=config["rounds"]), made)
    secure = SecAggPlusWorkflow(num_shares=3, reconstruction_threshold=2, max_weight=10_000.0)
    DefaultWorkflow(fit_workflow=secure)(grid, context)
    return context.state.array_records[MAIN_PARAMS_RECORD]


@app.main()
def main(grid: Grid, context: Context) -> None:
    config = context.run_config
    train = {name: config[name] for name in ("epochs", "batch-size", "learning-rate")}
    with np.load(config["first"]) as first:
        arrays = list(first.values())
    if config["strategy"] == "SecAggPlus":
        save(config["out"], aggregate_securely(grid, context, arrays, train))
        return
    options = {"proximal_mu": config["proximal-mu"]} if config["strategy"] == "FedProx" else {}
    made = getattr(strategy, config["strategy"])(
        fraction_evaluate=config["fraction-evaluate"],
        min_train_nodes=config["nodes"],
        min_evaluate_nodes=config["nodes"],
        min_available_nodes=config["nodes"],
        **options,
    )
    # floating point sums depend on their order: replies come as they are ready, their content has an id that is a hash
    aggregate = made.aggregate_train
    made.aggregate_train = lambda turn, replies: aggregate(
        turn, sorted(replies, key=lambda reply: "" if reply.has_error() else reply.content.object_id)
    )
    result = made.start(
        grid=grid,
        initial_arrays=ArrayRecord(arrays),
        num_rounds=config["rounds"],
        train_config=ConfigRecord(train),
    )
    save(config["out"], result.arrays)


def save(out: str, arrays: ArrayRecord) -> None:
    np.savez(out, **{name: array.numpy() for name, array in arrays.items()})
