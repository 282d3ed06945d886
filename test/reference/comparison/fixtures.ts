/** Reads the recorded float64 references of test/fixtures, made with other people's libraries. */
import { readFileSync } from "node:fs";
import { type Array64, array64 } from "../array64.ts";
import type { OptimizerAttributes, OptimizerName } from "../training/optimizers.ts";

export interface Recorded {
  readonly shape: number[];
  readonly data: number[];
}

export function readFixture<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), "utf8")) as Content;
}

export function recorded({ shape, data }: Recorded): Array64 {
  return array64(shape, data);
}

export interface ActivationFixture {
  readonly name: string;
  readonly x: Recorded;
  readonly y: Recorded;
  readonly dy: Recorded;
  readonly dx: Recorded;
}

export interface ConvFixture extends Omit<ActivationFixture, "name"> {
  readonly attrs: {
    readonly strides: [number, number];
    readonly padding: "same" | "valid";
    readonly dilation: [number, number];
    readonly groups: number;
  };
  readonly kernel: Recorded;
  readonly bias: Recorded;
  readonly dkernel: Recorded;
  readonly dbias: Recorded;
}

export interface PoolFixture extends Omit<ActivationFixture, "name"> {
  readonly kind: "max" | "avg";
  readonly attrs: { readonly poolSize: number; readonly strides: number; readonly padding: "same" | "valid" };
}

export interface BatchNormalizationFixture extends Omit<ActivationFixture, "name"> {
  readonly attrs: { readonly epsilon: number };
  readonly gamma: Recorded;
  readonly beta: Recorded;
  readonly mean: Recorded;
  readonly variance: Recorded;
  readonly dgamma: Recorded;
  readonly dbeta: Recorded;
}

/** The loss is the mean over the examples. Logits and labels, or predictions and targets. */
export interface LossFixture {
  readonly name: string;
  readonly fromLogits?: boolean;
  readonly labelSmoothing?: number;
  readonly delta?: number;
  readonly logits?: Recorded;
  readonly prediction?: Recorded;
  readonly labels?: number[];
  readonly targets?: Recorded;
  readonly loss: number;
  readonly dlogits?: Recorded;
  readonly dprediction?: Recorded;
}

export interface OptimizerFixture {
  readonly name: OptimizerName;
  readonly attrs: OptimizerAttributes;
  readonly initial: Recorded;
  readonly gradients: Recorded[];
  /** After each step. */
  readonly parameters: Recorded[];
}

export interface ModelFixture {
  readonly layers: ({ readonly type: string } & Record<string, unknown>)[];
  readonly inputShape: number[];
  readonly x: Recorded;
  readonly labels: number[];
  /** Per layer: kernel and bias, or gamma and beta. */
  readonly weights: Recorded[][];
  readonly optimizer: { readonly name: "sgd"; readonly learningRate: number };
  /** Before each step. */
  readonly losses: number[];
}

/** The slope of leakyRelu in activations.json, which the file does not say (30 → −6). */
export const fixtureNegativeSlope = 0.2;
