/** Amounts of memory as text, for errors, summaries and reports. */

/** A number of bytes as text: "12 bytes", "64 KiB", "1.5 KiB", "23.0 MiB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const kibibytes = Number((bytes / 1024).toFixed(1));
  return kibibytes < 1024 ? `${kibibytes} KiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
