/** Who a node is: its signature as Node's own cryptography checks it, and keys as ssh-keygen writes them. */
import { spawnSync } from "node:child_process";
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Identity, newIdentity, readIdentity } from "../../src/federated/index.ts";
import { temporaryFolder } from "../cli/anygrad.ts";

const hasKeygen = spawnSync("ssh-keygen", ["-V"]).error === undefined;

async function checkSigns(identity: Identity): Promise<void> {
  const key = createPublicKey(Buffer.from(identity.publicKey));
  for (let i = 0; i < 40; i++) {
    // numbers with zeros in front are one in 128: some of them are among these
    const { timestamp, signature } = await identity.sign();
    expect(verify("sha256", Buffer.from(timestamp), key, signature)).toBe(true);
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]{12}[+]00:00$/);
  }
}

describe("an identity", () => {
  it("signs the time", async () => {
    const identity = await newIdentity();
    expect(identity.isOwn).toBe(true);
    await checkSigns(identity);
  });

  it.runIf(hasKeygen).each([256, 384, 521])(
    `is a key of ssh-keygen, of %i bits${hasKeygen ? "" : " (skipped: ssh-keygen is not here)"}`,
    async (bits) => {
      const file = join(temporaryFolder(), "key");
      spawnSync("ssh-keygen", ["-t", "ecdsa", "-b", String(bits), "-N", "", "-q", "-f", file]);
      const identity = await readIdentity(readFileSync(file, "utf8"));
      expect(identity.isOwn).toBe(false);
      await checkSigns(identity);
      const openssh = spawnSync("ssh-keygen", ["-e", "-m", "PKCS8", "-f", file], { encoding: "utf8" }).stdout;
      expect(new TextDecoder().decode(identity.publicKey)).toBe(openssh);
    },
  );

  it.runIf(hasKeygen).each([
    ["one with a passphrase", ["-t", "ecdsa", "-N", "secret"], /encrypted/],
    ["one of another kind", ["-t", "ed25519", "-N", ""], /kind ssh-ed25519/],
  ])("refuses %s", async (_, args, reason) => {
    const file = join(temporaryFolder(), "key");
    spawnSync("ssh-keygen", [...args, "-q", "-f", file]);
    const text = readFileSync(file, "utf8");
    await expect(readIdentity(text)).rejects.toMatchObject({
      code: "DATA_FORMAT",
      message: expect.stringMatching(reason),
    });
    const lines = text.split("\n");
    const cut = [...lines.slice(0, 3), ...lines.slice(-2)].join("\n");
    await expect(readIdentity(cut)).rejects.toMatchObject({ code: "DATA_FORMAT" });
  });
});
