// The drawing pad: what is drawn becomes 28 × 28 grey pixels, centred, as the network has learned them.
const pad = document.getElementById("pad");
const chances = document.getElementById("chances");
chances.innerHTML = Array.from({ length: 10 }, (_, digit) => `<li><b>${digit}</b></li>`).join("");
const ink = pad.getContext("2d", { willReadFrequently: true });
Object.assign(ink, { lineWidth: 22, lineCap: "round", lineJoin: "round", strokeStyle: "white" });
const guess = document.getElementById("guess");
let strokes = [];
let network; // undefined until one learns

/** What is drawn from now on is read by this network. */
export function recognise(net) {
  network = net;
}

pad.onpointerdown = ({ offsetX, offsetY, pointerId }) => {
  if (strokes.rested) strokes = [];
  pad.setPointerCapture(pointerId);
  strokes.push([[offsetX, offsetY]]);
  draw();
};
pad.onpointermove = ({ buttons, offsetX, offsetY }) => {
  if (!buttons || strokes.length === 0) return;
  strokes.at(-1).push([offsetX, offsetY]);
  draw();
};
pad.onpointerup = async () => {
  const drawing = strokes;
  setTimeout(() => Object.assign(drawing, { rested: true }), 1200); // then the next stroke begins a new digit
  if (!network) {
    guess.textContent = "Start the training first.";
    return;
  }
  const { data } = await network.predict(pixels());
  if (strokes !== drawing) return; // cleared meanwhile
  guess.textContent = `This is a ${data.indexOf(Math.max(...data))}, it thinks.`;
  show(data);
};
document.getElementById("clear").onclick = () => {
  strokes = [];
  draw();
  guess.textContent = "Draw a digit here.";
  show([]);
};

function show(probabilities) {
  [...chances.children].forEach((bar, digit) => {
    bar.style.setProperty("--p", `${100 * (probabilities[digit] ?? 0)}%`);
  });
}

function draw() {
  ink.clearRect(0, 0, pad.width, pad.height);
  for (const [first, ...rest] of strokes) {
    ink.beginPath();
    ink.moveTo(...first);
    for (const point of rest.length > 0 ? rest : [first]) ink.lineTo(...point);
    ink.stroke();
  }
}

/** The drawing in a box of 20 pixels in the middle, its longer side filling it. */
function pixels() {
  const [xs, ys] = [0, 1].map((axis) => strokes.flat().map((point) => point[axis]));
  const [left, top] = [Math.min(...xs) - 11, Math.min(...ys) - 11];
  const [width, height] = [Math.max(...xs) + 11 - left, Math.max(...ys) + 11 - top];
  const scale = 20 / Math.max(width, height);
  const small = new OffscreenCanvas(28, 28).getContext("2d");
  small.imageSmoothingQuality = "high";
  const [w, h] = [width * scale, height * scale];
  small.drawImage(pad, left, top, width, height, 14 - w / 2, 14 - h / 2, w, h);
  const rgba = small.getImageData(0, 0, 28, 28).data;
  return Uint8Array.from({ length: 784 }, (_, i) => rgba[4 * i + 3]); // how opaque: white on nothing
}
