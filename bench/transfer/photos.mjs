// Pictures for the measurement of transfer learning, drawn since no package of pictures with three classes of them is at hand: a fruit, a
// leaf or a house, lit, turned, of any color and size, before a blurred and grainy background, as JPEG would have it. Color tells nothing.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encode } from "fast-png";

export const classes = ["fruit", "house", "leaf"];

/** Numbers in 0 … 1 by a seed: xorshift. */
function draws(seed) {
  let state = (seed * 2654435761 + 1) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const between = (random, from, to) => from + (to - from) * random();
const clamp = (value) => Math.max(0, Math.min(1, value));

/** What a class shows at a point within −1 … 1: how much of the object, how bright, whether in its second color; undefined beside it. */
const shapes = {
  fruit(random) {
    const [wide, dent] = [between(random, 0.75, 0.95), between(random, 0.05, 0.25)];
    const lean = between(random, -0.3, 0.3);
    return (x, y) => {
      const radius = Math.hypot(x / wide, y + 0.1 - dent * Math.exp(-20 * x * x) * (y < 0 ? -1 : 0.3));
      if (Math.abs(x - lean * (y + 0.8)) < 0.05 && y < -0.55 && y > -1) return { light: 0.5, second: true };
      if (radius > 0.85) return undefined;
      const height = Math.sqrt(Math.max(0, 1 - (radius / 0.85) ** 2));
      const shine = Math.max(0, 1 - 6 * Math.hypot(x + 0.3, y + 0.35));
      return { light: 0.35 + 0.65 * clamp(height * 0.8 - 0.3 * x - 0.3 * y) + 0.5 * shine };
    };
  },
  leaf(random) {
    const [wide, bend, veins] = [
      between(random, 0.35, 0.55),
      between(random, -0.25, 0.25),
      between(random, 7, 11),
    ];
    return (x, y) => {
      const across = x - bend * (y * y - 0.5);
      const half = wide * (1 - y * y) * (1 - 0.35 * y) * 1.1;
      if (y > 0.85 && y < 1.15 && Math.abs(across) < 0.035) return { light: 0.6, second: true };
      if (Math.abs(y) > 0.95 || Math.abs(across) > half + 0.02 * Math.sin(40 * y)) return undefined;
      const isVein = Math.abs(across) < 0.025 || Math.abs(Math.sin(veins * (y + Math.abs(across)))) < 0.1;
      return { light: (isVein ? 1 : 0.7) + 0.25 * Math.sign(across) * 0.5 };
    };
  },
  house(random) {
    const [wide, roof] = [between(random, 0.6, 0.85), between(random, 0.35, 0.6)];
    const columns = 2 + Math.floor(3 * random());
    return (x, y) => {
      const top = -0.2;
      if (y < top && y > top - roof && Math.abs(x) < (wide + 0.12) * (1 - (top - y) / roof))
        return { light: 0.55 + 0.2 * Math.sin(60 * y), second: true };
      if (y < top || y > 0.85 || Math.abs(x) > wide) return undefined;
      const column = ((x + wide) / (2 * wide)) * columns;
      const isWindow = Math.abs((column % 1) - 0.5) < 0.22 && Math.abs(y - 0.08) < 0.14;
      const isDoor = y > 0.35 && Math.abs(x) < 0.14;
      return isWindow ? { light: 0.15 } : isDoor ? { light: 0.45, second: true } : { light: 0.85 + 0.1 * x };
    };
  },
};

/** Smooth noise: sines of a few directions. */
function ground(random) {
  const waves = Array.from({ length: 6 }, () => [
    between(random, -6, 6),
    between(random, -6, 6),
    between(random, 0, 7),
    between(random, 0.03, 0.12),
  ]);
  return (x, y) => waves.reduce((sum, [a, b, c, height]) => sum + height * Math.sin(a * x + b * y + c), 0.5);
}

/** A picture, RGB bytes. */
export function picture(kind, seed) {
  const random = draws(seed * 3 + classes.indexOf(kind) + 1);
  for (let i = 0; i < 20; i++) random();
  const [width, height] = [Math.round(between(random, 170, 260)), Math.round(between(random, 170, 260))];
  const shape = shapes[kind](random);
  const back = ground(random);
  const color = () => [between(random, 0.25, 1), between(random, 0.25, 1), between(random, 0.25, 1)];
  const [first, second, behind] = [color(), color(), color()];
  const size = between(random, 0.5, 0.85) * 0.5 * Math.min(width, height);
  const angle = between(random, -0.35, 0.35);
  const [left, top] = [
    width / 2 + between(random, -0.5, 0.5) * (width - 2 * size),
    height / 2 + between(random, -0.5, 0.5) * (height - 2 * size),
  ];
  const data = new Uint8Array(width * height * 3);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const grain = between(random, 0.02, 0.08);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const sums = [0, 0, 0];
      for (let part = 0; part < 4; part++) {
        const [x, y] = [(column + (part % 2) / 2 - left) / size, (row + (part >> 1) / 2 - top) / size];
        const found = shape(cos * x + sin * y, cos * y - sin * x);
        const light = found ? found.light : back(column / width, row / height);
        const paint = found ? (found.second ? second : first) : behind;
        for (let channel = 0; channel < 3; channel++) sums[channel] += light * paint[channel];
      }
      for (let channel = 0; channel < 3; channel++)
        data[(row * width + column) * 3 + channel] =
          255 * clamp(sums[channel] / 4 + grain * (random() - 0.5));
    }
  return { width, height, data, channels: 3 };
}

/** Folders of so many pictures a class. */
export function writePhotos(folder, each = 60) {
  for (const kind of classes) {
    mkdirSync(join(folder, kind), { recursive: true });
    for (let i = 0; i < each; i++)
      writeFileSync(join(folder, kind, `${String(i).padStart(2, "0")}.png`), encode(picture(kind, i + 1)));
  }
}
