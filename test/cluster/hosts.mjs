// Separate hosts on one machine: network namespaces that a switch of their own joins, and nothing else. Linux, as root, with iproute2.
import { spawnSync } from "node:child_process";

/** This machine, where servers listen for it alone. */
export const loopback = { address: "127.0.0.1", within: [] };

const network = "10.213.0";

function ip(...words) {
  const { status, stderr, error } = spawnSync("ip", words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`ip ${words.join(" ")}: ${error?.message ?? stderr.trim()}`);
}

/**
 * @param count number of hosts
 * @returns the hosts, each with its address, what a command on it begins with, and a plug
 */
export function createHosts(count) {
  const made = [];
  const namespace = (name) => {
    ip("netns", "add", name);
    made.push(name);
    ip("-n", name, "link", "set", "lo", "up");
    return name;
  };
  const remove = () => {
    for (const name of made.splice(0)) spawnSync("ip", ["netns", "delete", name]);
  };
  try {
    const mark = `anygrad${process.pid}`;
    const hub = namespace(`${mark}-switch`);
    ip("-n", hub, "link", "add", "br0", "type", "bridge");
    ip("-n", hub, "link", "set", "br0", "up");
    const hosts = Array.from({ length: count }, (_, i) => {
      const name = namespace(`${mark}-${i}`);
      const port = `port${i}`;
      const address = `${network}.${i + 1}`;
      ip("-n", hub, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", name);
      ip("-n", hub, "link", "set", port, "master", "br0", "up");
      ip("-n", name, "address", "add", `${address}/24`, "dev", "eth0");
      ip("-n", name, "link", "set", "eth0", "up");
      return {
        address,
        within: ["ip", "netns", "exec", name],
        /** Pulls the plug, or puts it in again. */
        plug: (isIn) => ip("-n", hub, "link", "set", port, isIn ? "up" : "down"),
      };
    });
    return { hosts, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
