/** What a file says of itself, whatever its format. */

/** An input or an output. */
export interface End {
  readonly name: string;
  /** Its type in the words of the file, where it has one. */
  readonly dtype?: string | undefined;
  /** Sizes; texts and null are open ones. Undefined where the file does not say it. */
  readonly shape?: readonly (number | string | null)[] | undefined;
}

/** An array. */
export interface Held {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes of its numbers; undefined for types without a size. */
  readonly bytes: number | undefined;
}

/** A kind of layer or operator, and how many there are. */
export interface Counted {
  readonly type: string;
  readonly count: number;
}

/** All of it. What the file does not say is undefined. */
export interface FileFacts {
  readonly version?: string | undefined;
  readonly opset?: Readonly<Record<string, number>> | undefined;
  readonly producer?: string | undefined;
  readonly date?: string | undefined;
  readonly inputs?: readonly End[] | undefined;
  readonly outputs?: readonly End[] | undefined;
  readonly layers?: readonly Counted[] | undefined;
  readonly operators?: readonly Counted[] | undefined;
  readonly arrays: readonly Held[];
  /** Paths of the files beside it, which hold its weights. */
  readonly beside?: readonly string[] | undefined;
  /** Texts that come with it. */
  readonly texts?: Readonly<Record<string, string>> | undefined;
}

/** How many there are of each, the most frequent first. */
export function counted(types: readonly string[]): readonly Counted[] {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count);
}
