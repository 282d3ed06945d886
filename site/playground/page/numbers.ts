/** Numbers as they are read, in the language of the page. */
import { language } from "../texts/language.ts";

export function count(value: number): string {
  return new Intl.NumberFormat(language.value).format(Math.round(value));
}

export function percent(share: number): string {
  return new Intl.NumberFormat(language.value, {
    style: "percent",
    maximumFractionDigits: 1,
    minimumFractionDigits: 1,
  }).format(share);
}

export function short(value: number, digits = 3): string {
  return new Intl.NumberFormat(language.value, { maximumSignificantDigits: digits }).format(value);
}

/** A number of a figure, to four digits: those at an axis come by the dozen, so the formatters are kept. */
export function quantity(value: number): string {
  const size = Math.abs(value);
  const isPlain = size === 0 || (size >= 1e-4 && size < 1e9);
  const key = `${language.value} ${isPlain}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language.value, {
      ...(isPlain ? { maximumSignificantDigits: 4 } : { notation: "scientific", maximumFractionDigits: 1 }),
    });
    formats.set(key, format);
  }
  return format.format(value);
}

const formats = new Map<string, Intl.NumberFormat>();

export function bytes(value: number): string {
  const units = ["B", "KiB", "MiB", "GiB"];
  const power = value > 0 ? Math.min(3, Math.floor(Math.log2(value) / 10)) : 0;
  return `${short(value / 1024 ** power)} ${units[power]}`;
}

export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 60) return `${short(seconds, 2)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
