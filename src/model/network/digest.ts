/** The name of a run: SHA-256 over its weights. */

const canonicalNaN = 0x7fc00000;

/**
 * Hex SHA-256 over the weights in their order, as little-endian float32. NaNs differ in their bits between
 * engines, so all become one.
 */
export async function digestOf(weights: readonly { readonly data: Float32Array }[]): Promise<string> {
  const size = weights.reduce((sum, { data }) => sum + data.length, 0);
  const view = new DataView(new ArrayBuffer(4 * size));
  let at = 0;
  for (const { data } of weights)
    for (const value of data) {
      if (Number.isNaN(value)) view.setUint32(at, canonicalNaN, true);
      else view.setFloat32(at, value, true);
      at += 4;
    }
  // the view, not its buffer: of a sandbox's buffers Node says that they are none
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", view));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
