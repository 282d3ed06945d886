/** The lesson that is being taken, and how far one is in it. */
import { batch, signal } from "@preact/signals";
import { begin } from "../state/actions.ts";
import { openViews, room } from "../state/state.ts";
import { type LessonName, lessons } from "./lessons.ts";

export const lesson = signal<LessonName | undefined>(undefined);
export const place = signal(0);
export const given = signal<number | undefined>(undefined);
/** Lessons that were taken to their end in this visit. */
export const ended = signal<ReadonlySet<LessonName>>(new Set());

export async function goTo(name: LessonName, at: number): Promise<void> {
  const step = lessons[name][at];
  if (!step) return leave(true);
  batch(() => {
    lesson.value = name;
    place.value = at;
    given.value = undefined;
    room.value = step.room;
    if (step.views)
      openViews.value = new Set(
        [...openViews.value].concat(step.views.filter((view) => view !== "activations")),
      );
  });
  if (step.setup) await begin(step.setup);
}

export function leave(isEnd: boolean): void {
  batch(() => {
    if (isEnd && lesson.value) ended.value = new Set([...ended.value, lesson.value]);
    lesson.value = undefined;
    if (isEnd) room.value = "lessons";
  });
}
