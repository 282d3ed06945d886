/** What was made for some sizes of the inputs, kept for when they come again. Programs may bring ever new ones. */

/**
 * What a map has for a key, made where it has nothing.
 * @param most entries that are kept: a map that has so many is emptied first
 */
export function kept<Value>(map: Map<string, Value>, key: string, make: () => Value, most = 16): Value {
  if (!map.has(key)) {
    const value = make();
    if (map.size >= most) map.clear();
    map.set(key, value);
  }
  return map.get(key)!;
}
