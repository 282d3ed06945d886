/** Bytes as base64 (RFC 4648): what `data:` URIs and terminals take. */
export function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
