/** A model of TensorFlow.js in whatever was given: model.json, and the files of weights that it names. */
import { AnygradError, quote } from "../../errors.ts";
import { isObject, type JsonObject, parseJson } from "../json.ts";
import { arrived, type ByteSource, bytesOf, isBeside } from "../source.ts";

/** What holds model.json: its object, its text, or bytes. */
export type JsonSource = ByteSource | string | object;

/** The files of a model by their names or paths, model.json among them; or a list of files with names, as an input of a page has it. */
export type TfjsFiles = Readonly<Record<string, JsonSource>> | readonly NamedFile[];

/** A file with its name, as a page's File has it. */
export type NamedFile = Blob & {
  /** The name, without folders. */
  readonly name: string;
};

/** Gives the bytes of a file of weights. @param path as model.json has it: "group1-shard1of2.bin" */
export type FetchWeights = (path: string) => ByteSource | PromiseLike<ByteSource>;

/** model.json, and what gives the files that it names. */
export interface Given {
  readonly json: JsonObject;
  readonly file: FetchWeights;
}

const subject = "loadTfjs";
const advice =
  'pass the object or bytes of model.json, or the files by their names, as { "model.json": …, "weights.bin": … }';
const nameOf = (path: string): string => path.slice(path.replaceAll("\\", "/").lastIndexOf("/") + 1);

/** @throws AnygradError INVALID_ARGUMENT, DATA_FORMAT, DATA_MISSING, DATA_DOWNLOAD */
export async function givenOf(
  source: JsonSource | TfjsFiles | PromiseLike<JsonSource | TfjsFiles>,
  fetchWeights: FetchWeights | undefined,
  maxBytes: number | undefined,
): Promise<Given> {
  const held = await arrived(source, subject);
  const files = filesOf(held);
  const json = await jsonOf(files ? files.get(modelOf(files))! : (held as JsonSource), maxBytes);
  return {
    json,
    file(path) {
      const one = files?.get(path) ?? files?.get(nameOf(path));
      if (one !== undefined) return one as ByteSource;
      if (!isBeside(path))
        throw new AnygradError(
          "DATA_FORMAT",
          `${subject}: model.json says that weights are in ${quote(path)}, which is not in its folder; do not trust this file`,
        );
      if (fetchWeights) return fetchWeights(path);
      throw new AnygradError(
        "DATA_MISSING",
        `${subject}: model.json names the file ${quote(path)}, which was not given; pass it beside model.json, or { fetchWeights: (path) => … } that gets it`,
      );
    },
  };
}

/** Files by their whole names and by the last parts of them; undefined for what is no collection of files. */
function filesOf(held: unknown): Map<string, JsonSource> | undefined {
  const isList =
    Array.isArray(held) ||
    (typeof (held as FileList | null)?.item === "function" && "length" in (held as object));
  const list = isList
    ? Array.from(held as ArrayLike<Blob & { name: string }>).map((file) => [file?.name, file] as const)
    : isObject(held) && !("modelTopology" in held) && Object.keys(held).some((name) => name.endsWith(".json"))
      ? Object.entries(held as Record<string, JsonSource>)
      : undefined;
  if (!list) return undefined;
  const files = new Map<string, JsonSource>();
  for (const [name, file] of list) {
    if (typeof name !== "string")
      throw new AnygradError("INVALID_ARGUMENT", `${subject}: a file has the name ${quote(name)}; ${advice}`);
    files.set(name, file as JsonSource);
    if (!files.has(nameOf(name))) files.set(nameOf(name), file as JsonSource);
  }
  return files;
}

/** The name of the file that describes the model. */
function modelOf(files: ReadonlyMap<string, JsonSource>): string {
  const names = [...files.keys()].filter((name) => name.endsWith(".json"));
  const name = names.find((each) => nameOf(each) === "model.json") ?? names[0];
  if (name !== undefined) return name;
  throw new AnygradError("DATA_MISSING", `${subject}: none of the files is model.json; ${advice}`);
}

async function jsonOf(source: JsonSource, maxBytes: number | undefined): Promise<JsonObject> {
  const isPlain =
    Object.prototype.toString.call(source) === "[object Object]" && "modelTopology" in (source as object);
  const json = isPlain
    ? source
    : parseJson(
        subject,
        "model.json",
        typeof source === "string" ? source : await bytesOf(source as ByteSource, subject, advice, maxBytes),
      );
  if (isObject(json)) return json as JsonObject;
  throw new AnygradError("DATA_FORMAT", `${subject}: model.json is ${quote(json)}; ${advice}`);
}
