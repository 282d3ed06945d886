/**
 * Options are strict: an unknown name, a value without a name or one of another type is an error that says what was meant.
 * A function names its options in a line, beside the place where it takes them apart, and the compiler sees that all are there.
 *
 * When not: in what a training step calls over and over; steps are recorded and repeated without calling an op.
 */
import { AnygradError, quote } from "../errors.ts";

/** The names in a line of options: "padding fromLogits:boolean" has padding and fromLogits. */
type NamesIn<Line extends string> = Line extends `${infer First} ${infer Rest}`
  ? NamesIn<First> | NamesIn<Rest>
  : Line extends `${infer Name}:${string}`
    ? Name
    : Line;

/** Anything where the line names all options and no others, as far as the compiler knows it; else what is wrong with it. */
export type AllOf<Options, Line extends string> = string extends Line
  ? unknown
  : [Exclude<keyof Options, NamesIn<Line>>, Exclude<NamesIn<Line>, keyof Options | "">] extends [never, never]
    ? unknown
    : { readonly missing: Exclude<keyof Options, NamesIn<Line>>; readonly unknown: NamesIn<Line> };

/** Options of a function that has none yet: `heNormal()`, `heNormal({})`. */
export type NoOptions = Readonly<Record<never, never>>;

/** What lines of options say, by themselves: to read one again would take longer than a small op. */
const readLines = new Map<string, readonly string[][]>();

/**
 * The options as they were given; none for undefined. An option that is undefined has its default.
 * @param line the names with a space between them, the most important first, which messages give as an example. Behind a
 *   colon stand the types, or texts, that the value may have; without it the function that takes the value checks it
 * @throws AnygradError INVALID_ARGUMENT
 */
export function strictOptions<Options extends object, Line extends string>(
  subject: string,
  given: Options | undefined,
  line: Line & AllOf<Options, Line>,
): Options {
  if (given === undefined) return {} as Options; // at once: a prediction of one example is as short as this check
  let known = readLines.get(line);
  if (!known) {
    known = (line.match(/\S+/g) ?? []).map((word) => word.split(":"));
    readLines.set(line, known);
  }
  if (Object.prototype.toString.call(given) !== "[object Object]")
    throw wrong(
      subject,
      `got ${quote(given)}; ${line ? `pass options by name, such as { ${known[0]![0]}: … }` : "it takes no options"}`,
    );
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const found = known.find(([each]) => each === name);
    if (!found)
      throw unknownOption(
        subject,
        name,
        known.map(([each]) => each!),
      );
    const types = found[1];
    if (value === null || types?.split("|").every((type) => type !== value && type !== kindOf(value)))
      throw wrong(
        subject,
        `${name} is ${quote(value)}; pass a value${types ? ` of type ${types}` : ""}, or leave it out`,
      );
  }
  return given;
}

/** An AbortSignal is known by what it tells: it may be of another realm. */
function kindOf(value: unknown): string {
  return "aborted" in Object(value) ? "AbortSignal" : typeof value;
}

/** The error for a name that is none of `names`: what it was meant to be, and what there is. */
export function unknownOption(subject: string, name: string, names: readonly string[]): AnygradError {
  const meant = meaningOf(name, names);
  const advice = names.includes(meant) ? `; did you mean ${meant}?` : `${meant && "; "}${meant}.`;
  return wrong(
    subject,
    `${quote(name)} is unknown${advice} There ${names.length > 1 ? "are" : "is"} ${names.join(", ") || "none"}`,
  );
}

const wrong = (subject: string, fault: string): AnygradError =>
  new AnygradError("INVALID_ARGUMENT", `${subject}: ${fault}`);

/**
 * Spellings of Keras and TensorFlow.js that are not near to ours: the names that may be meant, or what does it instead.
 * Snake case, small mistakes and parts of a name need no entry.
 */
const elsewhere: Readonly<Record<string, string | readonly string[]>> = {
  lr: ["learningRate", "initialLearningRate"],
  rate: ["learningRate", "initialLearningRate"],
  p: ["rate"],
  alpha: ["negativeSlope"],
  inputDim: ["inputShape"],
  backend: ["variant"],
  onBatchEnd: ["onStepEnd"],
  onBatchBegin: ["onStepEnd"],
  inputShape: "sequential and input take it",
  decay: "schedules.inverseTime or weightDecay does it",
  momentum: "sgd takes it",
  nesterov: "sgd takes it",
  seed: "the model and fit take it",
  verbose: "fit takes it",
  yieldEvery: "training yields by itself",
};

/** A name, what does it instead, or an empty text. */
function meaningOf(name: string, names: readonly string[]): string {
  const camel = name.slice(0, 40).replace(/_+(.)/g, (_, next: string) => next.toUpperCase());
  const there = Object.hasOwn(elsewhere, camel) ? elsewhere[camel]! : [];
  const exact = [camel, ...there].find((each) => names.includes(each));
  if (exact) return exact;
  if (typeof there === "string") return there;
  const given = camel.toLowerCase();
  let best = "";
  let least = 2.5 + given.length / 3;
  for (const each of names) {
    const distance = distanceOf(given, each.toLowerCase());
    if (distance < least) [best, least] = [each, distance];
  }
  return best;
}

/**
 * Letters that one has and the other has not, in any order; little where one is a part of the other, such as epoch of epochs.
 */
function distanceOf(a: string, b: string): number {
  const left = [...a].reduce((rest, letter) => rest.replace(letter, ""), b);
  const isPart = a.length > 2 && (a.includes(b) || b.includes(a));
  return (a.length - b.length + 2 * left.length) / (isPart ? 9 : 1);
}
