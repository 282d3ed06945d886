// Starts an endless run as the pool does and prints its process id after the first epoch: to be killed.
import { fork } from "node:child_process";

const [script, out] = process.argv.slice(2);
const args = ["train", "mlp-64", "--limit", "100", "--threads", "1", "--epochs", "100000", "--out", out];
const child = fork(script, [...args, "--json", "--quiet"], { stdio: ["ignore", "pipe", "pipe", "ipc"] });
child.once("message", () => console.log(child.pid));
