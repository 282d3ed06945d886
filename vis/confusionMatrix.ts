import { strengthOf } from "../report/charts/palette.ts";
import { rgbIn } from "./style.ts";
import { misfit, show, type View, type ViewOptions, type Voice } from "./view.ts";

/** Which classes were taken for which. */
export interface Confusion {
  /** `matrix[actual][predicted]`, counts: as many rows as columns. */
  readonly matrix: readonly ArrayLike<number>[];
  /** One a row; default: their numbers. */
  readonly classNames?: readonly string[];
}

/**
 * A confusion matrix as a table: rows are what examples are, columns what they were taken for.
 *
 * What is right is as strong as its share of the class, and what is wrong as strong as it is beside the most frequent mistake, in
 * another colour. A cell tells its pair, count and share to the pointer. Its words: `actual`, `predicted`.
 *
 * @throws AnygradError INVALID_ARGUMENT for a matrix that is not square
 *
 * @example
 * ```js
 * import { confusionMatrix } from "anygrad/vis";
 *
 * const view = confusionMatrix(document.body, { matrix: [[9, 1], [3, 7]], classNames: ["cat", "dog"] });
 * console.log(view.element.querySelectorAll("td").length); // 4
 * ```
 */
export function confusionMatrix(
  parent: Element,
  data: Confusion,
  options: ViewOptions = {},
): View<Confusion> {
  return show(parent, data, options, { name: "confusionMatrix", check, draw });
}

function check({ matrix, classNames }: Confusion): void {
  const wrong = matrix?.findIndex((row) => row.length !== matrix.length);
  if (wrong === undefined || wrong >= 0)
    throw misfit(
      "confusionMatrix",
      wrong === undefined
        ? "there is no matrix; pass { matrix: [[…], …] }"
        : `row ${wrong} of ${matrix.length} has ${matrix[wrong]!.length} counts; pass one a class`,
    );
  if (classNames && classNames.length !== matrix.length)
    throw misfit("confusionMatrix", `${matrix.length} rows have ${classNames.length} names; pass one a row`);
}

function draw(
  { matrix, classNames }: Confusion,
  body: HTMLElement,
  _width: number,
  { word, number }: Voice,
): void {
  const document = body.ownerDocument;
  const make = (name: string, text?: string): HTMLElement => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const names = Array.from(matrix, (_, i) => String(classNames?.[i] ?? i));
  const [actual, predicted] = [word("actual"), word("predicted")];
  const table = make("table");
  const head = make("tr");
  head.append(...names.map((name) => heading(make("th", name), "col")));
  table.className = "vis-matrix";
  table.append(make("thead"), make("tbody"));
  table.children[0]!.append(head);
  if (names.some((name) => name.length > 3))
    for (const th of head.querySelectorAll("th")) th.className = "long";
  head.prepend(make("th", `${actual}\u00a0↓ ${predicted}\u00a0→`));
  const mostWrong = Math.max(
    1,
    ...matrix.flatMap((row, label) => Array.from(row).filter((_, place) => place !== label)),
  );
  const [right, wrong] = [rgbIn(body, "right"), rgbIn(body, "wrong")];
  matrix.forEach((row, label) => {
    const counts = Array.from(row);
    const total = counts.reduce((sum, count) => sum + count, 0) || 1;
    const line = make("tr");
    line.append(heading(make("th", names[label]), "row"));
    counts.forEach((count, place) => {
      const cell = make("td", count === 0 ? "" : number(count));
      const strength = strengthOf(label === place ? count / total : count / mostWrong);
      const [red, green, blue] = label === place ? right : wrong;
      cell.style.backgroundColor = `rgb(${red} ${green} ${blue} / ${strength.toFixed(3)})`;
      const percent = number(Math.round((1000 * count) / total) / 10);
      cell.title = `${actual} ${names[label]}, ${predicted} ${names[place]}: ${number(count)} (${percent} %)`;
      line.append(cell);
    });
    table.children[1]!.append(line);
  });
  body.replaceChildren(table);
}

function heading(element: HTMLElement, scope: "col" | "row"): HTMLElement {
  element.setAttribute("scope", scope);
  return element;
}
