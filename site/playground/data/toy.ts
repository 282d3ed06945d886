/**
 * Points in a plane whose classes are a shape, by the library's sines, which browsers do not round each in its way: the same points, and
 * so the same bits, everywhere. Coordinates are rounded to thousandths, to be short where a program lists them.
 */
import { Random } from "../../../src/math/philox.ts";
import { cos, sin } from "../../../src/math/transcendental.ts";
import type { ToyShape } from "../recipe/experiment.ts";
import type { PlanePoints } from "../training/messages.ts";

const stream = 0x746f79; // "toy"

type Place = readonly [x: number, y: number, label: number];

/** A place of the shape. @param at from 0 to 1 @param angle from 0 to 2π */
const places: Readonly<Record<ToyShape, (at: number, angle: number, i: number, random: Random) => Place>> = {
  circle: (at, angle, i) => {
    const radius = i % 2 === 0 ? 0.42 * Math.sqrt(at) : 0.65 + 0.3 * at;
    return [radius * cos(angle), radius * sin(angle), i % 2];
  },
  xor: (_, __, ___, random) => {
    const [x, y] = [2 * random.uniform() - 1, 2 * random.uniform() - 1];
    return [0.9 * x, 0.9 * y, x * y > 0 ? 1 : 0];
  },
  moons: (at, _, i) => {
    const [x, y] = [cos(Math.PI * at), sin(Math.PI * at)];
    return i % 2 === 0 ? [0.55 * x - 0.25, 0.55 * y - 0.1, 0] : [0.25 - 0.55 * x, 0.1 - 0.55 * y, 1];
  },
  spiral: (at, _, i) => {
    const turn = 1.75 * Math.PI * at + (i % 2) * Math.PI;
    const radius = 0.08 + 0.85 * at;
    return [radius * sin(turn), radius * cos(turn), i % 2];
  },
  three: (at, angle, i) => {
    const corner = ((i % 3) / 3) * 2 * Math.PI + Math.PI / 2;
    const radius = 0.32 * Math.sqrt(at);
    return [0.55 * cos(corner) + radius * cos(angle), 0.55 * sin(corner) + radius * sin(angle), i % 3];
  },
};

export function classesOf(shape: ToyShape): number {
  return shape === "three" ? 3 : 2;
}

/** @param part 0 the training set, 1 the test set */
export function planePointsOf(shape: ToyShape, count: number, noise: number, part: 0 | 1): PlanePoints {
  const points = { x: new Float32Array(count), y: new Float32Array(count), label: new Uint8Array(count) };
  for (let i = 0; i < count; i++) {
    const random = new Random(part, stream, i);
    const [x, y, label] = places[shape](random.uniform(), 2 * Math.PI * random.uniform(), i, random);
    // the sum of three is round enough, and needs no logarithm
    const stray = (): number => noise * (random.uniform() + random.uniform() + random.uniform() - 1.5);
    points.x[i] = thousandths(x + stray());
    points.y[i] = thousandths(y + stray());
    points.label[i] = label;
  }
  return points;
}

function thousandths(value: number): number {
  return Math.round(1000 * value) / 1000;
}
