/** How the page is shown: light or dark, with explanations or without, in columns or in one. Choices are kept for the next visit where there is storage. */
import { effect, signal } from "@preact/signals";

export const schemes = ["auto", "light", "dark"] as const;
export type Scheme = (typeof schemes)[number];

function kept(name: string): string | null {
  try {
    return localStorage.getItem(`anygrad-${name}`);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`anygrad-${name}`, value);
  } catch {}
}

const before = kept("scheme");
export const scheme = signal<Scheme>(schemes.find((name) => name === before) ?? "auto");
export const explains = signal(kept("explains") !== "no");

/** Whether all stands in one column, as style/rooms.css has it: what happens then comes before what can be set, for the Tab key as well. */
const narrow = matchMedia("(max-width: 44rem)");
export const isNarrow = signal(narrow.matches);
narrow.addEventListener("change", ({ matches }) => {
  isNarrow.value = matches;
});

export function chooseScheme(name: string): void {
  scheme.value = name as Scheme;
  keep("scheme", name);
}

effect(() => {
  if (scheme.value === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = scheme.value;
});
effect(() => keep("explains", explains.value ? "yes" : "no"));
