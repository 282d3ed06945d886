/** A point of the plane, and which class the network takes it for. */
import { useEffect, useState } from "preact/hooks";
import { NumberField, Panel } from "../page/controls.tsx";
import { Notices } from "../page/Notices.tsx";
import { attempt, workshop } from "../state/actions.ts";
import { data } from "../state/state.ts";
import { say } from "../texts/language.ts";
import type { Answer } from "../training/messages.ts";
import { Activations } from "../views/Activations.tsx";
import { Probabilities } from "./Probabilities.tsx";

export function Plane() {
  const { trial: texts } = say.value;
  const [[x, y], place] = useState<readonly [number, number]>([0, 0]);
  const [answer, answered] = useState<Answer | undefined>();
  useEffect(() => {
    void attempt("try", () => workshop().call("ask", Float32Array.of(x, y))).then(answered);
  }, [x, y]);
  return (
    <div class="try-room">
      <div class="column">
        <Panel title={texts.input} hint={texts.pointHint}>
          <NumberField
            label={texts.across}
            value={x}
            least={-1}
            most={1}
            step={0.05}
            onSet={(value) => place([value, y])}
          />
          <NumberField
            label={texts.up}
            value={y}
            least={-1}
            most={1}
            step={0.05}
            onSet={(value) => place([x, value])}
          />
          <Notices place="try" />
        </Panel>
      </div>
      <div class="column">
        <Panel title={texts.says} hint={texts.saysHint}>
          <Probabilities answer={answer} names={data.value!.classNames} />
        </Panel>
      </div>
      <div class="column">
        <Panel title={texts.layers} hint={texts.layersHint}>
          {answer && <Activations layers={answer.activations} />}
        </Panel>
      </div>
    </div>
  );
}
