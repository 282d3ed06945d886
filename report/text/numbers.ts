/** How numbers are written in reports, without a locale: the same run prints the same text everywhere. */

/** A whole number: 1234567 → "1,234,567". */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A count with its noun: "1 epoch", "2 epochs", "1,234 boxes" with "boxes" as the plural. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${formatCount(count)} ${Math.round(count) === 1 ? noun : many}`;
}

/** A share: 0.0832 → "8.3 %". */
export function formatShare(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

/** A loss or a score, five characters and more: 0.52314 → "0.5231", 1234.5 → "1235", 1e9 → "1.0e+9", 0.000012 → "1.2e-5". */
export function formatScore(value: number): string {
  const size = Math.abs(value);
  if (!(size < 1e6) || (size > 0 && size < 1e-4)) return value.toExponential(1);
  if (size >= 1000) return value.toFixed(0);
  return value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 4);
}

/** A number in a user's unit: 232963.1 → "232,963", 41.26 → "41.26", 0.00123 → "0.00123", 0 → "0". */
export function formatQuantity(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (size === 0) return "0";
  if (size >= 1e12 || size < 1e-4 || Number.isNaN(size)) return sign + size.toExponential(1);
  return sign + (size >= 1000 ? formatCount(size) : String(Number(size.toPrecision(4))));
}

/** Seconds: 0.0123 → "12 ms", 4.56 → "4.6 s", 75 → "1:15 min", 4000 → "1:06:40 h". */
export function formatSeconds(seconds: number): string {
  if (seconds < 0.9995) return `${Math.round(1000 * seconds)} ms`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  return `${formatClock(seconds)} ${seconds < 3599.5 ? "min" : "h"}`;
}

/** Seconds as a clock: 75 → "1:15", 4000 → "1:06:40". */
export function formatClock(seconds: number): string {
  const whole = Math.round(seconds);
  const pad = (value: number): string => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

/** Milliseconds of a step: two digits behind the point below 10, one from there. */
export function formatMilliseconds(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}
