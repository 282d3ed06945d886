/** The language of the page: the browser's where there is a file of it, or the one chosen. */
import { computed, effect, signal } from "@preact/signals";
import { de } from "./de.ts";
import { en, type Texts } from "./en.ts";

export const languages = { en, de } as const;
export type Language = keyof typeof languages;

const key = "anygrad-language";

export const language = signal<Language>(first());

/** The texts. */
export const say = computed<Texts>(() => languages[language.value]);

effect(() => {
  document.documentElement.lang = language.value;
  document.title = say.value.page.title;
});

export function chooseLanguage(chosen: Language): void {
  language.value = chosen;
  try {
    localStorage.setItem(key, chosen);
  } catch {} // without storage it holds for this visit
}

function first(): Language {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(key);
  } catch {}
  const wanted = kept ?? navigator.language.slice(0, 2);
  return wanted in languages ? (wanted as Language) : "en";
}
