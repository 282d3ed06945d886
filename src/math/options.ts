/**
 * Options are strict: an unknown name, a value without a name or one of another type is an error that says what was meant.
 * A function names its options in a line, beside the place where it takes them apart, and the compiler sees that all are there.
 *
 * When not: in what a training step calls over and over; steps are recorded and repeated without calling an op.
 */
import { AnygradError, quote } from "../errors.ts";
import { nearest } from "./nearest.ts";

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
      throw unknownName(
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

/** A list of names that leaves a message room for more. */
function namesIn(names: readonly string[]): string {
  const text = names.join(", ");
  return text.length > 300 ? `${text.slice(0, text.lastIndexOf(",", 300))} and others` : text;
}

/**
 * The error for a name that is none of `names`: what it was meant to be, and what there is.
 * @param rest ends the message
 */
export function unknownName(
  subject: string,
  name: unknown,
  names: readonly string[],
  rest: string = "",
): AnygradError {
  const meant = meantBy(quote(name).replace(/^"|"$/g, ""), names);
  const advice = meant && `; ${names.includes(meant) ? `did you mean ${meant}?` : `${meant}.`}`;
  return wrong(
    subject,
    `${quote(name)} is unknown${advice || "."} There ${names.length > 1 ? "are" : "is"} ${(rest ? namesIn(names) : names.join(", ")) || "none"}${rest}`,
  );
}

/** The name that is meant, also by Keras's and TensorFlow.js's spellings; what does it instead; or an empty text. */
export function meantBy(name: string, names: readonly string[]): string {
  const key = name.toLowerCase().replace(/_/g, "");
  const there = Object.hasOwn(elsewhere, key) ? elsewhere[key]! : "";
  return (
    names.find((each) => there.split("|").includes(each) || each.toLowerCase() === key) ??
    (there.includes(" ") ? there : nearest(name, names))
  );
}

const wrong = (subject: string, fault: string): AnygradError =>
  new AnygradError("INVALID_ARGUMENT", `${subject}: ${fault}`);

/**
 * Spellings of Keras and TensorFlow.js that are not near to ours, in small letters: the names that may be meant, or in words what
 * does it instead. Snake case, small mistakes and parts of a name need no entry.
 */
const elsewhere: Readonly<Record<string, string>> = {
  lr: "learningRate|initialLearningRate",
  rate: "learningRate|initialLearningRate",
  p: "rate",
  alpha: "negativeSlope",
  inputdim: "inputShape",
  backend: "variant",
  onbatchend: "onStepEnd",
  onbatchbegin: "onStepEnd",
  inputshape: "sequential and input take it",
  decay: "schedules.inverseTime or weightDecay does it",
  momentum: "sgd takes it",
  nesterov: "sgd takes it",
  seed: "the model and fit take it",
  verbose: "fit takes it",
  yieldevery: "training yields by itself",
};
