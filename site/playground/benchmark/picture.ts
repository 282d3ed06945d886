/** The benchmark's chart as a picture of its own, to be shown elsewhere. */
import type { Benchmark } from "../../../bench/suite/index.ts";

const width = 900;
const line = 30;
const margin = 32;

/** Bars of GFLOP/s, a row a build of each task. */
export function pictureOf(
  { machine, runtime, date }: Benchmark,
  rows: readonly { name: string; rate: number; unit: string }[],
): Promise<Blob> {
  const height = 2 * margin + 48 + rows.length * line;
  const canvas = new OffscreenCanvas(2 * width, 2 * height);
  const context = canvas.getContext("2d")!;
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => resolved(style.getPropertyValue(`--${name}`));
  const most = Math.max(...rows.map(({ rate }) => rate));
  context.scale(2, 2);
  context.fillStyle = color("paper");
  context.fillRect(0, 0, width, height);
  context.fillStyle = color("ink");
  context.font = "600 18px system-ui, sans-serif";
  context.fillText(`anygrad · ${machine.cpu} · ${machine.cores}`, margin, margin + 14);
  context.font = "13px system-ui, sans-serif";
  context.fillStyle = color("quiet");
  context.fillText(`${runtime}, ${date.slice(0, 10)}`, margin, margin + 36);
  rows.forEach(({ name, rate, unit }, i) => {
    const top = margin + 56 + i * line;
    context.fillStyle = color("ink");
    context.textAlign = "left";
    context.fillText(name, margin, top + 15);
    context.fillStyle = color("series-1");
    const bar = (rate / most) * (width - 2 * margin - 420);
    context.fillRect(margin + 300, top + 2, bar, line - 12);
    context.fillStyle = color("ink");
    context.fillText(`${rate.toFixed(1)} ${unit}`, margin + 310 + bar, top + 15);
  });
  return canvas.convertToBlob({ type: "image/png" });
}

/** A colour of the page as a canvas takes it. */
function resolved(value: string): string {
  const probe = document.createElement("i");
  probe.style.color = value;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
