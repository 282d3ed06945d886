/** Several files in the bytes of one input, with a byte 0 between them: texts hold none, so the last one alone may be no text. */

/** At most so many parts; those that are missing are empty. */
export function parts(bytes: Uint8Array, count: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  let from = 0;
  while (found.length < count - 1) {
    const end = bytes.indexOf(0, from);
    found.push(bytes.subarray(from, end < 0 ? bytes.length : end));
    from = end < 0 ? bytes.length : end + 1;
  }
  return [...found, bytes.subarray(from)];
}

/** The input that gives these parts. */
export function joined(list: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(list.flatMap((part, i) => (i === 0 ? [part] : [Uint8Array.of(0), part])));
}

/** The bytes of a text. */
export const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The text of a part. */
export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
