import { type Drawing, misfit, show, type View, type ViewOptions } from "../view.ts";
import { aroundZero, canvasOf, extent } from "./raster.ts";

/** Pictures of one size. */
export interface Images {
  /** Picture by picture, row by row, a pixel's channels together: bytes, or numbers of any range. */
  readonly data: ArrayLike<number>;
  /** `[count, height, width]` of grey ones, or `[count, height, width, channels]` with 1 channel or 3: red, green and blue. */
  readonly shape: readonly number[];
  /** Below each; default: nothing. */
  readonly captions?: readonly string[];
  /** Which pictures are framed in the colour of what is right (true) or of what is wrong (false); default: none. */
  readonly isRight?: readonly (boolean | undefined)[];
}

/** Options of `imageGrid`, `filters` and `featureMaps`. */
export interface ImageGridOptions extends ViewOptions {
  /** How wide a picture is, in CSS pixels; default 56. */
  size?: number;
  /**
   * The numbers that are black and white. Default: 0 and 255 for bytes, 0 and 1 where all numbers are between them, else the least and
   * the largest of all pictures.
   */
  range?: readonly [number, number];
}

/**
 * Pictures side by side: a batch, the mistakes that are left, what an autoencoder made of them.
 *
 * @throws AnygradError INVALID_ARGUMENT
 *
 * @example
 * ```js
 * import { imageGrid } from "anygrad/vis";
 *
 * const data = new Uint8Array(2 * 8 * 8).map((_, i) => 2 * i);
 * const images = { data, shape: [2, 8, 8], captions: ["a 3", "an 8"], isRight: [true, false] };
 * const view = imageGrid(document.body, images);
 * console.log(view.element.querySelectorAll("canvas").length); // 2
 * ```
 */
export function imageGrid(parent: Element, images: Images, options: ImageGridOptions = {}): View<Images> {
  return show(
    parent,
    images,
    options,
    gridOf("imageGrid", options, (given: Images) => given),
  );
}

/**
 * Draws pictures side by side.
 * @param imagesOf what is shown as pictures; `isSigned`: of grey ones negative numbers have one colour and positive another
 */
export function gridOf<Data>(
  name: string,
  options: ImageGridOptions,
  imagesOf: (shown: Data) => Images & { readonly isSigned?: boolean },
): Drawing<Data> {
  return {
    name,
    check: (shown) => check(name, imagesOf(shown)),
    draw(shown, body) {
      const { data, shape, captions, isRight, isSigned } = imagesOf(shown);
      const [count, height, width, channels = 1] = shape as [number, number, number, number?];
      const [least, largest] = options.range ?? rangeOf(data);
      const signed =
        isSigned && channels === 1 && aroundZero(body, Math.max(Math.abs(least), Math.abs(largest)));
      const light = (place: number): number => (255 * (data[place]! - least)) / (largest - least || 1);
      const document = body.ownerDocument;
      const grid = document.createElement("div");
      grid.className = "vis-grid";
      for (let i = 0; i < count; i++) {
        const first = i * height * width * channels;
        const canvas = canvasOf(document, width, height, options.size ?? 56, (pixel) => {
          const place = first + pixel * channels;
          if (signed) return signed(data[place]!);
          return channels === 3
            ? [light(place), light(place + 1), light(place + 2)]
            : [light(place), light(place), light(place)];
        });
        const holder = document.createElement("div");
        const caption = captions?.[i];
        canvas.setAttribute("aria-label", caption ?? `${i + 1} / ${count}`);
        holder.append(canvas);
        if (caption !== undefined) holder.append(caption);
        if (isRight?.[i] !== undefined) holder.className = isRight[i] ? "right" : "wrong";
        grid.append(holder);
      }
      body.replaceChildren(grid);
    },
  };
}

function check(name: string, { data, shape, captions }: Images): void {
  const [count, height, width, channels = 1] = shape ?? [];
  const wanted = count! * height! * width! * channels;
  const isImages = (shape?.length === 3 || shape?.length === 4) && (channels === 1 || channels === 3);
  if (!isImages || data?.length !== wanted)
    throw misfit(
      name,
      `${data?.length} numbers are no pictures of shape [${shape}]; pass [count, height, width] or [count, height, width, 1 or 3] and as many numbers`,
    );
  if (captions && captions.length !== count)
    throw misfit(name, `${count} pictures have ${captions.length} captions; pass one a picture`);
}

function rangeOf(data: ArrayLike<number>): readonly [number, number] {
  if (data instanceof Uint8Array || data instanceof Uint8ClampedArray) return [0, 255];
  const [least, largest] = extent(data);
  return least >= 0 && largest <= 1 ? [0, 1] : [least, largest];
}
