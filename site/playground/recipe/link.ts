/**
 * An experiment as the fragment of a link, which no server sees: `#run=VERSION.DATA`, the data as JSON in the letters of addresses. The
 * layers of a preset are left out.
 */
import {
  type DataChoice,
  type Experiment,
  firstRecipe,
  isBuiltIn,
  type Recipe,
  toyShapes,
} from "./experiment.ts";

/** Raised where what a link says has another meaning. */
export const linkVersion = 1;

const begin = "#run=";

export type LinkFault = "version" | "damaged" | "own";

export function linkOf(experiment: Experiment, page: string): string {
  const { data, network, recipe } = experiment;
  const layers = network.preset ? [] : network.layers;
  const bytes = new TextEncoder().encode(JSON.stringify({ data, network: { ...network, layers }, recipe }));
  const text = btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
  return `${page.replace(/#.*/, "")}${begin}${linkVersion}.${text}`;
}

/** What the fragment says; undefined where it is no link to a run. */
export function experimentIn(
  fragment: string,
):
  | { experiment: Experiment; reason?: undefined }
  | { experiment?: undefined; reason: LinkFault }
  | undefined {
  if (!fragment.startsWith(begin)) return undefined;
  const [, version, text] = fragment.slice(begin.length).match(/^(\d+)[.](.*)$/) ?? [];
  if (version === undefined) return { reason: "damaged" };
  if (Number(version) !== linkVersion) return { reason: "version" };
  try {
    const bytes = Uint8Array.from(atob(text!.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
      letter.charCodeAt(0),
    );
    const { data, network, recipe } = JSON.parse(new TextDecoder().decode(bytes)) as Experiment;
    if (!isBuiltIn(data)) return { reason: "own" };
    if (!isChoice(data) || !isRecipe(recipe) || !Array.isArray(network?.layers)) return { reason: "damaged" };
    if (network.layers.length === 0 && typeof network.preset !== "string") return { reason: "damaged" };
    return { experiment: { data, network, recipe } };
  } catch {
    return { reason: "damaged" };
  }
}

function isChoice(data: DataChoice): boolean {
  const isCount = (value: unknown, most: number): boolean =>
    Number.isInteger(value) && (value as number) > 0 && (value as number) <= most;
  if (data.kind === "digits") return isCount(data.train, 10_000) && isCount(data.test, 10_000);
  return (
    data.kind === "toy" &&
    toyShapes.includes(data.shape) &&
    isCount(data.count, 2000) &&
    data.noise >= 0 &&
    data.noise <= 1
  );
}

function isRecipe(recipe: Recipe): boolean {
  return Object.entries(firstRecipe).every(
    ([name, usual]) => typeof recipe?.[name as keyof Recipe] === typeof usual,
  );
}
