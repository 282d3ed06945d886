/** What the network says: how likely each class is. */
import { percent } from "../page/numbers.ts";
import { say } from "../texts/language.ts";
import type { Answer } from "../training/messages.ts";

export function Probabilities({
  answer,
  names,
}: {
  answer: Pick<Answer, "outputs"> | undefined;
  names: readonly string[];
}) {
  const { trial: texts } = say.value;
  const outputs = answer ? [...answer.outputs] : names.map(() => 0);
  const best = answer ? outputs.indexOf(Math.max(...outputs)) : -1;
  return (
    <>
      <p class="answer" aria-live="polite" data-figure="answer">
        {answer ? texts.answer(names[best] ?? String(best), percent(outputs[best]!)) : texts.nothing}
      </p>
      <ul class="probabilities">
        {names.map((name, i) => (
          <li key={name} class={i === best ? "best" : ""}>
            <span>{name}</span>
            <meter value={outputs[i]} max={1} aria-label={name} />
            <span class="number">{answer ? percent(outputs[i]!) : ""}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
