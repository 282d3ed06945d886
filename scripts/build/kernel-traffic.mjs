// What a call of a kernel reads and writes, from the line of shapes that its doc comment begins with:
// "y[n, oh, ow, o] = x[n, h, w, c] * kernel[kh, kw, c / groups, o] + bias[o]" has four arrays. The benchmark counts bytes by it.
//
// An array without brackets has the shape of the first one. One that is changed in place, "sum[n] += x[n]" or "m[n] = beta1 * m[n]", is
// read and written. What the line does not name is not touched; how often a kernel goes through an array does not count.

const extents = /^[\w /*+,]+$/;

/** The first paragraph of the doc comment of a kernel, in its lines; undefined where it has none. */
export function firstParagraph(name, source) {
  const [, comment] =
    new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\nexport function ${name}\\b`).exec(source) ?? [];
  return comment
    ?.replaceAll(/^[ *]+/gm, "")
    .trim()
    .split("\n\n")[0]
    .replaceAll(/^@.*$/gm, "")
    .trim();
}

/**
 * @param declaration of the kernel: name and parameters with their types
 * @param fields of the record that it takes
 * @returns for each array [parameter, its extents, accesses], where an extent is a sum of products of parameters, fields and numbers
 */
export function trafficOf({ name, parameters }, fields, source) {
  const line = firstParagraph(name, source)?.replaceAll("\n", " ") ?? "";
  const known = new Set([...parameters.map(([parameter]) => parameter), ...fields, "units"]);
  const isShape = (text) =>
    extents.test(text) && (text.match(/[a-z]\w*/gi) ?? []).every((word) => known.has(word));
  const shapeOf = (array) =>
    [...line.matchAll(new RegExp(`\\b${array}\\[([^\\[\\]]*)\\]`, "g"))]
      .map(([, shape]) => shape)
      .find(isShape);
  const arrays = parameters.flatMap(([parameter, type]) =>
    type === "usize" && parameter !== "workspace" ? [parameter] : [],
  );
  const [first] = [...line.matchAll(/(\w+)\[([^[\]]*)\]/g)].map(([, , shape]) => shape).filter(isShape);
  if (first === undefined) return [];
  return arrays.flatMap((array) => {
    const mentions = [...line.matchAll(new RegExp(`\\b${array}\\b(?!_)(?:\\[[^=]*?\\])?( *[+−]?=)?`, "g"))];
    if (mentions.length === 0) return [];
    const assigned = mentions.filter(([, sign]) => sign);
    const inPlace =
      assigned.some(([, sign]) => sign.trim() !== "=") || (assigned.length > 0 && mentions.length > 1);
    return [[array, shapeOf(array) ?? first, inPlace ? 2 : 1]];
  });
}
