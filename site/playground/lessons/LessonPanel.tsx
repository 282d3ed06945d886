/** The step of a lesson, above the room that it is about. */
import { room } from "../state/state.ts";
import { say } from "../texts/language.ts";
import { given, goTo, leave, lesson, place } from "./lesson.ts";
import { lessons } from "./lessons.ts";

export function LessonPanel() {
  const name = lesson.value;
  if (!name) return null;
  const { lessons: texts } = say.value;
  const words = texts.list[name];
  const steps = lessons[name];
  const at = place.value;
  const step = steps[at]!;
  const text = words.steps[at]!;
  const isQuestion = step.answer !== undefined;
  const isDone = isQuestion ? given.value === step.answer : (step.done?.() ?? true);
  return (
    <section class="lesson" aria-label={words.title}>
      <header>
        <h2>{words.title}</h2>
        <span class="quiet">{texts.at(at + 1, steps.length)}</span>
        <button type="button" class="quiet-button" onClick={() => leave(false)}>
          {texts.leave}
        </button>
      </header>
      <p>{text.text}</p>
      {text.options && (
        <fieldset>
          <legend>{texts.question}</legend>
          {text.options.map((option, i) => (
            <label key={option} class="check">
              <input
                type="radio"
                name={`${name}${at}`}
                checked={given.value === i}
                onChange={() => {
                  given.value = i;
                }}
              />
              {option}
            </label>
          ))}
        </fieldset>
      )}
      <div aria-live="polite" class="lesson-state">
        {isQuestion && given.value !== undefined && (
          <p class={`notice ${isDone ? "note" : "error"}`}>
            {isDone ? `${texts.right} ${text.because}` : texts.notYet}
          </p>
        )}
        {!isQuestion && step.done && (
          <p class={isDone ? "done" : "quiet"}>
            {isDone ? `✓ ${text.because ?? texts.done}` : texts.open(text.task ?? "")}
          </p>
        )}
      </div>
      <div class="row">
        {at > 0 && (
          <button type="button" onClick={() => void goTo(name, at - 1)}>
            {texts.back}
          </button>
        )}
        <button type="button" class="primary" disabled={!isDone} onClick={() => void goTo(name, at + 1)}>
          {at === steps.length - 1 ? texts.end : texts.next}
        </button>
        {room.value !== step.room && (
          <button
            type="button"
            onClick={() => {
              room.value = step.room;
            }}
          >
            {texts.toRoom(say.value.page.room[step.room])}
          </button>
        )}
      </div>
    </section>
  );
}
