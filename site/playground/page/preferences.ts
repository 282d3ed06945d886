/** How the page is shown: light or dark, with explanations or without, in columns or in one. Choices are kept for the next visit where there is storage. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";

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
export const isNarrow = matched("(max-width: 44rem)");

/** Whether the names of the rooms stand below the rest of the page's head, as style/page.css has it: they come last then for the Tab key as well. */
export const isHeadStacked = matched("(max-width: 62rem)");

function matched(query: string): ReadonlySignal<boolean> {
  const list = matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener("change", () => {
    matches.value = list.matches;
  });
  return matches;
}

export function chooseScheme(name: string): void {
  scheme.value = name as Scheme;
  keep("scheme", name);
}

effect(() => {
  if (scheme.value === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = scheme.value;
});
effect(() => keep("explains", explains.value ? "yes" : "no"));
