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
