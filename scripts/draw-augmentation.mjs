// Draws docs/pictures/augmentation.png: a digit as it is, and beside it what each kind of augmentation makes of it in some steps.
// The first of two digits is drawn; mixup mixes the other one in. After npm run build: node scripts/draw-augmentation.mjs
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { encode } from "fast-png";
import { augmentation, createEngine, datasets } from "../dist/index.js";

/** A row each, in the order of the table of docs/guide/augmentation.md. */
const kinds = [
  { shift: 5 },
  { rotation: 30 },
  { zoom: 0.3 },
  { shear: 25 },
  { flip: "both" },
  { cutout: 10 },
  { brightness: 0.5 },
  { color: 0.8 },
  { elastic: { alpha: 34 } },
  { mixup: 1 },
  { shift: 2, rotation: 10, zoom: 0.1, elastic: { alpha: 20 }, cutout: 8 },
];
const [steps, side, scale, gap] = [10, 28, 2, 3];

const engine = await createEngine({ threads: 1 });
const { train } = await datasets.digits({ train: 60, test: 1, seed: 3 });
const image = (digit) => {
  const at = train.y.indexOf(digit) * side * side;
  return Float32Array.from(train.x.subarray(at, at + side * side));
};
const pair = Float32Array.of(...image(4), ...image(2));

/** The first of the pair, from 0 to 255. */
function augmented(options, step) {
  const data = { shape: [side, side, 1], pixels: { scale: 1, shift: 0 } };
  const augmenter = augmentation(options).begin(data, engine, 1);
  return engine.step(() => {
    const inputs = augmenter.inputs(2);
    augmenter.fill(inputs, step);
    const counter = engine.tensor(Int32Array.of(step, 0), [2], "int32");
    const [changed] = augmenter.apply([engine.tensor(pair, [2, side, side, 1])], inputs, counter);
    return changed.data.slice(0, side * side);
  });
}

const cell = side * scale + gap;
const [width, height] = [(steps + 1) * cell + 2 * gap, kinds.length * cell + gap];
const sheet = new Uint8ClampedArray(width * height).fill(128); // colors may leave the range

function draw(pixels, row, column) {
  const [left, top] = [gap + column * cell + (column > 0 ? gap : 0), gap + row * cell];
  for (let y = 0; y < side * scale; y++)
    for (let x = 0; x < side * scale; x++)
      sheet[(top + y) * width + left + x] = pixels[Math.floor(y / scale) * side + Math.floor(x / scale)];
}

kinds.forEach((options, row) => {
  draw(image(4), row, 0);
  for (let step = 0; step < steps; step++) draw(augmented(options, step), row, step + 1);
});
const file = fileURLToPath(new URL("../docs/pictures/augmentation.png", import.meta.url));
writeFileSync(file, encode({ data: new Uint8Array(sheet.buffer), width, height, channels: 1, depth: 8 }));
