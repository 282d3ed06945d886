import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { inverseNormalCdf } from "../../src/math/normal.ts";
import { cos, exp, log, pow, sin } from "../../src/math/transcendental.ts";

/** n points from a to b; the golden ratio's steps keep them off round numbers. */
function grid(a: number, b: number, n = 20_000): number[] {
  return Array.from({ length: n }, (_, i) => a + (b - a) * ((i * 0.6180339887498949) % 1));
}

function largestRelativeError(
  points: number[],
  ours: (x: number) => number,
  host: (x: number) => number,
): number {
  let largest = 0;
  for (const x of points) {
    const wanted = host(x);
    const error = Math.abs(ours(x) - wanted) / (wanted === 0 ? 1 : Math.abs(wanted));
    if (!(error <= largest)) largest = error;
  }
  return largest;
}

const bases = grid(0.001, 40, 200);

// The hashes name the bits of the results over the grid. They must come out of every engine; they change
// only when the arithmetic is changed, and with it every seeded run.
const functions = [
  {
    name: "exp",
    ours: exp,
    host: Math.exp,
    points: [...grid(-707, 709), ...grid(-1, 1)],
    hash: "62cbe0f5475a7629",
  },
  {
    name: "log",
    ours: log,
    host: Math.log,
    points: [...grid(0.5, 2), ...grid(1e-300, 1e300), ...grid(0, 100), 5e-324, 1e-310],
    hash: "87ef0b7120d702ee",
  },
  {
    name: "sin",
    ours: sin,
    host: Math.sin,
    points: [...grid(-7, 7), ...grid(-1.6e6, 1.6e6)],
    hash: "5cc227744b015193",
  },
  {
    name: "cos",
    ours: cos,
    host: Math.cos,
    points: [...grid(-7, 7), ...grid(-1.6e6, 1.6e6)],
    hash: "1ce79c082bf975bd",
  },
  ...(
    [
      [0.5, "a85df4c6c7cfc287"],
      [-3.7, "32d4979f05d3c500"],
      [11, "5b5417dcfd50a9b6"],
      [0.9, "eb469614cc1e3534"],
      [130.25, "45c5874ed4a67a96"],
    ] as const
  ).map(([y, hash]) => ({
    name: `pow(x, ${y})`,
    ours: (x: number): number => pow(x, y),
    host: (x: number): number => x ** y,
    points: bases,
    hash,
  })),
  {
    name: "pow(0.999, y)",
    ours: (y: number): number => pow(0.999, y),
    host: (y: number): number => 0.999 ** y,
    points: grid(0, 100_000),
    hash: "49697d4030bbbded",
  },
  {
    name: "inverseNormalCdf",
    ours: inverseNormalCdf,
    host: undefined,
    points: [...grid(0, 1), ...grid(1e-300, 1e-290, 100)],
    hash: "6821109b9aa56ebc",
  },
];

describe.each(functions)("$name", ({ ours, host, points, hash }) => {
  if (host) {
    it("agrees with the host within 1e-15", () => {
      expect(largestRelativeError(points, ours, host)).toBeLessThan(1e-15);
    });
  }

  it("has the pinned bits", () => {
    const results = Float64Array.from(points, ours);
    expect(createHash("sha256").update(new Uint8Array(results.buffer)).digest("hex").slice(0, 16)).toBe(hash);
  });
});

describe("special values", () => {
  it("follows ECMAScript for exp, log, sin and cos", () => {
    for (const x of [0, -0, Infinity, -Infinity, Number.NaN, 800, -800]) {
      expect(exp(x)).toBe(Math.exp(x));
      expect(log(x)).toBe(Math.log(x));
    }
    for (const x of [0, -0, Infinity, -Infinity, Number.NaN]) {
      expect(sin(x)).toBe(Math.sin(x));
      expect(cos(x)).toBe(Math.cos(x));
    }
    expect(exp(-745)).toBe(5e-324);
    expect(log(1)).toBe(0);
    expect(exp(709.78) / Math.exp(709.78)).toBeCloseTo(1, 14);
    expect(() => sin(1e9)).toThrow("pass one between");
  });

  it("follows ECMAScript for every pair of special operands of pow", () => {
    const values = [
      0,
      -0,
      1,
      -1,
      2,
      -2,
      3,
      -3,
      0.5,
      -0.5,
      1e300,
      -1e300,
      1e-300,
      Infinity,
      -Infinity,
      Number.NaN,
    ];
    for (const x of values) {
      for (const y of values) {
        const wanted = x ** y;
        const got = pow(x, y);
        const same = Object.is(got, wanted) || Math.abs(got - wanted) <= 1e-15 * Math.abs(wanted);
        expect(same, `pow(${x}, ${y}) = ${got}, wanted ${wanted}`).toBe(true);
      }
    }
  });
});

describe("inverseNormalCdf", () => {
  // Wichura's own check values, and known quantiles to 16 digits
  it.each([
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167814],
    [1e-20, -9.262340089798409],
    [0.975, 1.959963984540054],
    [0.5, 0],
  ])("of %d is %d", (p, x) => {
    expect(Math.abs(inverseNormalCdf(p) - x)).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(x)));
  });

  it("is odd about one half and infinite at the ends", () => {
    for (const p of [0.0625, 0.25, 0.4375]) expect(inverseNormalCdf(1 - p)).toBe(-inverseNormalCdf(p));
    expect(inverseNormalCdf(0)).toBe(-Infinity);
    expect(inverseNormalCdf(1)).toBe(Infinity);
    expect(inverseNormalCdf(-0.1)).toBeNaN();
    expect(inverseNormalCdf(1.1)).toBeNaN();
  });
});
