/** A curve of the run that grows as it goes on. */

import type { CurvesView } from "anygrad/vis";
import { useEffect, useRef } from "preact/hooks";
import { scheme } from "../page/preferences.ts";
import { curveRows } from "../state/state.ts";
import { useViews, voice } from "./Figure.tsx";

export function Curves({ metric, title }: { metric: string; title: string }) {
  const vis = useViews();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<CurvesView>();
  const drawn = useRef(0);
  const rows = curveRows.value;
  useEffect(() => {
    if (!vis) return;
    view.current = vis.curves(place.current!, {}, { ...voice.value, title, x: "step", height: 170 });
    drawn.current = 0;
    return () => view.current?.remove();
  }, [vis, title, scheme.value, voice.value]);
  useEffect(() => {
    if (!view.current) return;
    if (rows.length < drawn.current) {
      view.current.update({});
      drawn.current = 0;
    }
    for (; drawn.current < rows.length; drawn.current++) {
      const { step = 0, [metric]: value, [`val_${metric}`]: validation } = rows[drawn.current]!;
      const row: Record<string, number> = { step };
      if (value !== undefined) row[metric] = value;
      if (validation !== undefined) row[`val_${metric}`] = validation;
      view.current.append(row);
    }
  }, [vis, rows, title, scheme.value, voice.value]);
  return <div ref={place} class="figure" />;
}
