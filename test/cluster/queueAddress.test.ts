/** The address of a queue: what is read of it, and that nothing shown has its secrets. */
import { describe, expect, it } from "vitest";
import { queueAddress } from "../../cli/options/machines/queueAddress.ts";

describe("the address of a queue", () => {
  it("is read with its user, password, database, prefix and lock", () => {
    const { shown, ...read } = queueAddress(
      "rediss://me:s%40ret@host.example:7000/3?prefix=mine&lock=10",
      {},
    );
    expect(read).toEqual({
      host: "host.example",
      port: 7000,
      database: 3,
      tls: true,
      username: "me",
      password: "s@ret",
      prefix: "mine",
      lockMilliseconds: 10_000,
    });
    expect(shown).toBe("rediss://host.example:7000/3");
  });

  it("has what is usual, and user and password from the environment", () => {
    const env = { ANYGRAD_QUEUE_USER: "me", ANYGRAD_QUEUE_PASSWORD: "secret" };
    expect(queueAddress("redis://[::1]", env)).toEqual({
      host: "::1",
      port: 6379,
      database: 0,
      tls: false,
      username: "me",
      password: "secret",
      prefix: "anygrad",
      lockMilliseconds: 30_000,
      shown: "redis://[::1]",
    });
  });

  it.each([
    ["http://:hush@host", /is no address of a Redis/],
    ["host:6379", /is no address of a Redis/],
    ["", /is no address of a Redis/],
    ["redis://:hush@host/zero", /names the database "zero"/],
    ["redis://:hush@host?color=red", /has \?color=, which is unknown/],
    ["redis://:hush@host?prefix=a:b", /has a prefix that is none/],
    ["redis://:hush%zz@host", /has a % in user or password that begins no code; write % itself as %25/],
    ["redis://%hush@host", /has a % in user or password/],
    ["redis://:hush@host#mine", /has a part behind #/],
    ["redis://:hush@host?prefix=a&prefix=b", /has prefix= more than once/],
    ["redis://:hush@host?lock=0", /has a lock that is none; pass 1 to 3600 seconds/],
  ])("%j is refused without being repeated", (text, message) => {
    const refused = (): unknown => queueAddress(text, {});
    expect(refused).toThrow(message);
    expect(refused).not.toThrow(/hush/);
  });
});
