/** The lessons to choose from. */
import { say } from "../texts/language.ts";
import { ended, goTo } from "./lesson.ts";
import { lessonNames } from "./lessons.ts";

export function Lessons() {
  const { lessons: texts } = say.value;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <ol class="lesson-list">
        {lessonNames.map((name, i) => {
          const { title, aim } = texts.list[name];
          return (
            <li key={name}>
              <span class="lesson-number" aria-hidden="true">
                {i + 1}
              </span>
              <div>
                <h2>{title}</h2>
                <p>{aim}</p>
              </div>
              <button type="button" onClick={() => void goTo(name, 0)}>
                {ended.value.has(name) ? texts.again : texts.start} <span class="unseen">{title}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </>
  );
}
