"""The server: an unchanged strategy of Flower, over the replies in an order that is the same in every run."""
import numpy as np
from flwr.app import ArrayRecord, ConfigRecord, Context
from flwr.serverapp import Grid, ServerApp, strategy

app = ServerApp()


@app.main()
def main(grid: Grid, context: Context) -> None:
    config = context.run_config
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
    with np.load(config["first"]) as first:
        arrays = ArrayRecord(list(first.values()))
    train = ConfigRecord({name: config[name] for name in ("epochs", "batch-size", "learning-rate")})
    result = made.start(grid=grid, initial_arrays=arrays, num_rounds=config["rounds"], train_config=train)
    np.savez(config["out"], **{name: array.numpy() for name, array in result.arrays.items()})
