/** How the network is trained. The rate can be changed while it runs; all else takes effect at the next start. */
import { useEffect, useState } from "preact/hooks";
import { Choice, NumberField, Panel, Scale } from "../page/controls.tsx";
import { short } from "../page/numbers.ts";
import { attempt, changeRecipe, workshop } from "../state/actions.ts";
import { data, recipe } from "../state/state.ts";
import { say } from "../texts/language.ts";
import type { Pictures } from "../training/messages.ts";
import { Figure } from "../views/Figure.tsx";
import { type Augmentations, optimizerNames, scheduleNames } from "./experiment.ts";

const learningRates = [0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];

export function RecipePanel() {
  const { recipe: texts } = say.value;
  const { optimizer, learningRate, schedule } = recipe.value;
  const isPicture = data.value?.inputShape.length === 3;
  return (
    <Panel title={texts.title} hint={texts.hint}>
      <Scale
        label={texts.learningRate}
        hint={texts.learningRateHint}
        value={learningRate}
        of={learningRates}
        text={(value) => short(value)}
        onSet={(value) => changeRecipe({ learningRate: value })}
      />
      <div class="pair">
        <RecipeNumber name="epochs" least={1} most={500} />
        <RecipeNumber name="batchSize" least={1} most={1024} />
      </div>
      <div class="pair">
        <Choice
          label={texts.optimizer}
          hint={texts.optimizerHint}
          value={optimizer}
          of={optimizerNames}
          onChoose={(name) => changeRecipe({ optimizer: name, weightDecay: undefined })}
        />
        <Choice
          label={texts.schedule}
          hint={texts.scheduleHint}
          value={schedule}
          of={scheduleNames}
          nameOf={(name) => texts.schedules[name]}
          onChoose={(name) => changeRecipe({ schedule: name })}
        />
      </div>
      <RecipeNumber name="seed" least={0} most={999999} />
      {isPicture && <AugmentationControls />}
    </Panel>
  );
}

/** A whole number of the recipe, by its name there. */
function RecipeNumber({
  name,
  ...bounds
}: {
  name: "epochs" | "batchSize" | "seed";
  least: number;
  most: number;
}) {
  const { recipe: texts } = say.value;
  return (
    <NumberField
      {...bounds}
      label={texts[name]}
      hint={texts[`${name}Hint`]}
      value={recipe.value[name]}
      onSet={(value) => changeRecipe({ [name]: value })}
    />
  );
}

const kinds = {
  shift: { most: 8, step: 1 },
  rotation: { most: 45, step: 1 },
  zoom: { most: 0.5, step: 0.05 },
  shear: { most: 30, step: 1 },
  cutout: { most: 14, step: 1 },
} as const;

function AugmentationControls() {
  const { recipe: texts } = say.value;
  const { augment } = recipe.value;
  const [pictures, show] = useState<Pictures | undefined>();
  const [isOpen, open] = useState(Object.keys(augment).length > 0);
  useEffect(() => {
    if (!isOpen) return;
    void attempt("training", () => workshop().call("augmented", augment)).then(
      (found) => found && show(found),
    );
  }, [isOpen, augment, data.value]);
  const set = (kind: keyof Augmentations, value: number | "horizontal" | undefined): void => {
    const { [kind]: _, ...others } = augment;
    changeRecipe({ augment: value ? { ...others, [kind]: value } : others });
  };
  return (
    <details class="inner" open={isOpen} onToggle={(event) => open(event.currentTarget.open)}>
      <summary>{texts.augment}</summary>
      <p class="hint">{texts.augmentHint}</p>
      <div class="augment">
        {Object.entries(kinds).map(([kind, { most, step }]) => (
          <NumberField
            key={kind}
            label={texts.augments[kind as keyof typeof kinds]}
            value={(augment[kind as keyof typeof kinds] as number | undefined) ?? 0}
            least={0}
            most={most}
            step={step}
            onSet={(value) => set(kind as keyof Augmentations, value)}
          />
        ))}
        <label class="check">
          <input
            type="checkbox"
            checked={augment.flip !== undefined}
            onChange={(event) => set("flip", event.currentTarget.checked ? "horizontal" : undefined)}
          />
          {texts.augments.flip}
        </label>
      </div>
      {pictures && (
        <div class="augmented">
          <Figure
            by={say.value.recipe.augmentPreview}
            data={pictures}
            make={(vis, parent, shown: Pictures, spoken) =>
              vis.imageGrid(parent, shown, { ...spoken, size: 32, title: texts.augmentPreview })
            }
          />
        </div>
      )}
    </details>
  );
}
