/**
 * What every view is: a figure in the page that shows plain data, and shows others when it is given them.
 *
 * Drawing waits for the page's next frame, and of several updates before it the last one counts: a run may update its views at
 * every step. A figure is drawn anew when its width changes and when the page turns dark or light.
 */
import { formatQuantity } from "../report/text/numbers.ts";
import { AnygradError } from "../src/errors.ts";
import { adoptStyle } from "./style.ts";

/** A figure that stands in a page. */
export interface View<Data> {
  /** The figure itself, a `<figure class="vis">`: to move, to name, to style. */
  readonly element: HTMLElement;
  /**
   * Shows other data, from the page's next frame on; until then they must stay as they are.
   * @throws AnygradError INVALID_ARGUMENT for data that do not fit together
   */
  update(data: Data): void;
  /** Takes the figure out of the page and lets go of all it holds. */
  remove(): void;
}

/** What can be said of every view. */
export interface ViewOptions {
  /** Stands above the figure, and is what screen readers call it; default: no heading. */
  title?: string;
  /**
   * Other words for those of the figure, such as in another language: `{ actual: "ist", loss: "Verlust", confusionMatrix: "Matrix" }`.
   * They are the view's own name, names of columns and lines, and what the view's documentation names; default: as they are.
   */
  words?: Readonly<Record<string, string>>;
  /** How a number is written; default: in English, to four digits, 1234.5 as "1,235". */
  format?: (value: number) => string;
}

/** What a figure says, in the words and the numbers that its options ask for. */
export interface Voice {
  word(own: string): string;
  number(value: number): string;
}

/** How one kind of view draws. */
export interface Drawing<Data> {
  /** What screen readers call a figure without a title. */
  readonly name: string;
  /** Refuses data that do not fit together, before anything is drawn. */
  check?(data: Data): void;
  /** Draws into `body`, which has what the last drawing left; `width` in CSS pixels. */
  draw(data: Data, body: HTMLElement, width: number, voice: Voice): void;
  /** Before everything is drawn anew in other colours. */
  forget?(): void;
  /** When the figure is taken out. */
  release?(): void;
}

/**
 * Makes a figure at the end of `parent`.
 * @throws AnygradError INVALID_ARGUMENT where `parent` is no element, or the data do not fit together
 */
export function show<Data>(
  parent: Element,
  data: Data,
  options: ViewOptions,
  drawing: Drawing<Data>,
): View<Data> {
  if (!(parent?.nodeType === 1 || parent?.nodeType === 11))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${drawing.name}: the first argument is ${parent === null ? "null" : typeof parent}, not an element of the page; pass such as document.body`,
    );
  drawing.check?.(data);
  const document = parent.ownerDocument;
  const page = document.defaultView!;
  const element = document.createElement("figure");
  const body = document.createElement("div");
  const voice: Voice = {
    word: (own) => options.words?.[own] ?? own,
    number: options.format ?? formatQuantity,
  };
  element.className = "vis";
  element.setAttribute("aria-label", options.title ?? voice.word(drawing.name));
  if (options.title !== undefined) {
    const caption = document.createElement("figcaption");
    caption.textContent = options.title;
    element.append(caption);
  }
  element.append(body);
  parent.append(element);
  adoptStyle(element);

  let shown = data;
  let width = 0;
  let frame = 0;
  const draw = (): void => {
    frame = 0;
    width = body.clientWidth;
    drawing.draw(shown, body, width, voice);
    // what does not fit can be moved by the keyboard, too
    if (body.scrollWidth > body.clientWidth) body.tabIndex = 0;
    else body.removeAttribute("tabindex");
  };
  const later = (): void => {
    if (frame === 0) frame = page.requestAnimationFrame(draw);
  };
  const sizes = new page.ResizeObserver(() => {
    if (body.clientWidth !== width) later();
  });
  const turn = (): void => {
    drawing.forget?.();
    later();
  };
  const scheme = page.matchMedia("(prefers-color-scheme: dark)");
  sizes.observe(body);
  scheme.addEventListener("change", turn);
  draw();
  return {
    element,
    update(next) {
      drawing.check?.(next);
      shown = next;
      later();
    },
    remove() {
      page.cancelAnimationFrame(frame);
      frame = -1; // nothing is drawn any more
      sizes.disconnect();
      scheme.removeEventListener("change", turn);
      drawing.release?.();
      element.remove();
    },
  };
}

/** The error of data that do not fit together. */
export function misfit(kind: string, message: string): AnygradError {
  return new AnygradError("INVALID_ARGUMENT", `${kind}: ${message}`);
}
