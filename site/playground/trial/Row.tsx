/** A row of a table, and what the network predicts for it. */
import { useState } from "preact/hooks";
import { Choice, NumberField, Panel } from "../page/controls.tsx";
import { Notices } from "../page/Notices.tsx";
import { short } from "../page/numbers.ts";
import { attempt, workshop } from "../state/actions.ts";
import { data } from "../state/state.ts";
import { say } from "../texts/language.ts";
import { Probabilities } from "./Probabilities.tsx";

export function Row() {
  const { trial: texts } = say.value;
  const { columns = [], task, classNames, label, unit } = data.value!;
  const [row, set] = useState<Readonly<Record<string, string | number>>>(() =>
    Object.fromEntries(
      columns.map(({ name, mean, categories }) => [
        name,
        categories?.[0] ?? Number((mean ?? 0).toPrecision(3)),
      ]),
    ),
  );
  const [outputs, answered] = useState<Float32Array | undefined>();
  const ask = () => attempt("try", () => workshop().call("askRow", row)).then(answered);
  const change = (name: string, value: string | number): void => set({ ...row, [name]: value });
  return (
    <div class="try-room">
      <div class="column">
        <Panel title={texts.input} hint={texts.rowHint}>
          {columns.map(({ name, categories }) =>
            categories ? (
              <Choice
                key={name}
                label={name}
                value={String(row[name])}
                of={categories}
                onChoose={(value) => change(name, value)}
              />
            ) : (
              <NumberField
                key={name}
                label={name}
                value={Number(row[name])}
                least={-1e12}
                most={1e12}
                step={0.001}
                onSet={(value) => change(name, value)}
              />
            ),
          )}
          <button type="button" class="primary" onClick={() => void ask()}>
            {texts.ask}
          </button>
          <Notices place="try" />
        </Panel>
      </div>
      <div class="column">
        <Panel title={texts.says} hint={texts.saysHint}>
          {task === "regression" ? (
            <p class="answer" aria-live="polite">
              {outputs ? `${label}: ${short(outputs[0]!, 5)} ${unit ?? ""}` : texts.nothing}
            </p>
          ) : (
            <Probabilities answer={outputs && { outputs }} names={classNames} />
          )}
        </Panel>
      </div>
    </div>
  );
}
