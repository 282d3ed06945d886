/** Views of anygrad/vis as components: made once, and updated as their data change. */

import { computed } from "@preact/signals";
import type * as Vis from "anygrad/vis";
import { useEffect, useRef, useState } from "preact/hooks";
import { quantity } from "../page/numbers.ts";
import { scheme } from "../page/preferences.ts";
import { say } from "../texts/language.ts";

type VisModule = typeof Vis;

let views: Promise<VisModule> | undefined;

/** The module of views, once it is there. */
export function useViews(): VisModule | undefined {
  const [module, set] = useState<VisModule | undefined>();
  useEffect(() => {
    views ??= import("anygrad/vis");
    void views.then((found) => set(() => found));
  }, []);
  return module;
}

/** How figures speak: in the words and the numbers of the page's language. */
export const voice = computed<Vis.ViewOptions>(() => ({
  words: say.value.figures,
  format: (value) => quantity(value),
}));

/** A view of data, made with the options that are common to all. What `make` depends on besides is told by `by`, whose change makes it anew. */
export function Figure<Data>({
  make,
  data,
  by = "",
}: {
  make(vis: VisModule, parent: HTMLElement, data: Data, spoken: Vis.ViewOptions): Vis.View<Data>;
  data: Data;
  by?: string;
}) {
  const vis = useViews();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<Vis.View<Data>>();
  const shown = useRef<Data>();
  useEffect(() => {
    if (!vis) return;
    view.current = make(vis, place.current!, data, voice.value);
    shown.current = data;
    return () => view.current?.remove();
  }, [vis, by, scheme.value, voice.value]);
  useEffect(() => {
    if (shown.current === data) return;
    shown.current = data;
    view.current?.update(data);
  }, [data]);
  return <div ref={place} class="figure" />;
}
