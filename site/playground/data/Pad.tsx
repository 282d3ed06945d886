/** A pad to draw on with the mouse, a finger or a pen; white on black, as the digits are. */
import { useEffect, useRef } from "preact/hooks";
import { say } from "../texts/language.ts";

/** Pixels of the pad's picture, whatever its size on the screen. */
export const padSide = 224;
const stroke = 16;

export interface PadHandle {
  clear(): void;
  canvas(): HTMLCanvasElement;
  isEmpty(): boolean;
}

export function Pad({
  onChange,
  handle,
}: {
  onChange(pad: PadHandle): void;
  handle?: { current: PadHandle | undefined };
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<readonly [number, number] | undefined>();
  const isEmpty = useRef(true);
  const pad: PadHandle = {
    clear() {
      const context = canvas.current!.getContext("2d", { willReadFrequently: true })!;
      context.fillStyle = "#000";
      context.fillRect(0, 0, padSide, padSide);
      isEmpty.current = true;
      onChange(pad);
    },
    canvas: () => canvas.current!,
    isEmpty: () => isEmpty.current,
  };
  useEffect(() => {
    if (handle) handle.current = pad;
    pad.clear();
  }, []);
  const placeOf = (event: PointerEvent): readonly [number, number] => {
    const box = canvas.current!.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * padSide,
      ((event.clientY - box.top) / box.height) * padSide,
    ];
  };
  const draw = (event: PointerEvent): void => {
    const context = canvas.current!.getContext("2d", { willReadFrequently: true })!;
    const place = placeOf(event);
    const from = last.current ?? place;
    context.strokeStyle = "#fff";
    context.lineWidth = stroke;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.beginPath();
    context.moveTo(from[0], from[1]);
    context.lineTo(place[0] + 0.01, place[1]);
    context.stroke();
    last.current = place;
    isEmpty.current = false;
    onChange(pad);
  };
  return (
    <canvas
      ref={canvas}
      class="pad"
      width={padSide}
      height={padSide}
      role="img"
      aria-label={say.value.trial.pad}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = undefined;
        draw(event);
      }}
      onPointerMove={(event) => {
        if (last.current) draw(event);
      }}
      onPointerUp={() => {
        last.current = undefined;
      }}
      onPointerCancel={() => {
        last.current = undefined;
      }}
    />
  );
}

/** A drawing as the digits are: what is drawn, brought to 20 of 28 pixels and into the middle. */
export function drawingBytes(source: HTMLCanvasElement, size: number): Uint8Array {
  const context = source.getContext("2d", { willReadFrequently: true })!;
  const { data } = context.getImageData(0, 0, padSide, padSide);
  let [left, right, top, bottom] = [padSide, -1, padSide, -1];
  for (let y = 0; y < padSide; y++)
    for (let x = 0; x < padSide; x++)
      if (data[4 * (y * padSide + x)]! > 40) {
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
  const bytes = new Uint8Array(size * size);
  if (right < 0) return bytes;
  const [width, height] = [right - left + 1, bottom - top + 1];
  const scale = (size * 20) / 28 / Math.max(width, height);
  const small = new OffscreenCanvas(size, size);
  const target = small.getContext("2d", { willReadFrequently: true })!;
  target.fillStyle = "#000";
  target.fillRect(0, 0, size, size);
  target.imageSmoothingQuality = "high";
  target.drawImage(
    source,
    left,
    top,
    width,
    height,
    (size - width * scale) / 2,
    (size - height * scale) / 2,
    width * scale,
    height * scale,
  );
  const pixels = target.getImageData(0, 0, size, size).data;
  for (let i = 0; i < size * size; i++) bytes[i] = pixels[4 * i]!;
  return bytes;
}
