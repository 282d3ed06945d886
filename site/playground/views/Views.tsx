/** What is seen of a run while it goes on. A view that is closed costs nothing. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Choice, NumberField } from "../page/controls.tsx";
import { count, percent } from "../page/numbers.ts";
import { showExample, toggleView } from "../state/actions.ts";
import { curveRows, data, example, look, openViews, verdict } from "../state/state.ts";
import { say } from "../texts/language.ts";
import type { Pictures } from "../training/messages.ts";
import { Activations } from "./Activations.tsx";
import { Curves } from "./Curves.tsx";
import { Figure } from "./Figure.tsx";

export function Views() {
  const { views: texts } = say.value;
  const facts = data.value;
  const isPlane = facts?.toy !== undefined;
  const isClasses = facts?.task !== "regression";
  const started = curveRows.value.length > 0;
  return (
    <>
      {isPlane && <Plane />}
      <View name="curves" title={texts.curves} hint={texts.curvesHint}>
        <div class="figures-pair" hidden={!started}>
          <Curves metric="loss" title={texts.loss} />
          {isClasses ? (
            <Curves metric="accuracy" title={texts.accuracy} />
          ) : (
            <Curves metric="mae" title={texts.mae} />
          )}
        </div>
        {!started && <p class="empty">{texts.notStarted}</p>}
      </View>
      <View name="verdict" title={texts.verdict} hint={isClasses ? texts.verdictHint : texts.regressionHint}>
        <VerdictView />
      </View>
      {facts && facts.inputShape.length === 3 && (
        <>
          <View name="mistakes" title={texts.mistakes} hint={texts.mistakesHint}>
            <Mistakes />
          </View>
          <View name="filters" title={texts.filters} hint={texts.filtersHint}>
            {look.value.filters ? (
              <Figure
                data={look.value.filters}
                make={(vis, parent, shown: NonNullable<typeof look.value.filters>, spoken) =>
                  vis.filters(parent, shown, { ...spoken, size: 42 })
                }
              />
            ) : (
              <p class="empty">{texts.nothingYet}</p>
            )}
          </View>
        </>
      )}
      <View name="activations" title={texts.activations} hint={texts.activationsHint}>
        <NumberField
          label={texts.example}
          value={(example.value ?? 0) + 1}
          least={1}
          most={facts?.train ?? 1}
          onSet={(n) => showExample(n - 1)}
        />
        {look.value.activations ? (
          <Activations layers={look.value.activations} />
        ) : (
          <p class="empty">{texts.nothingYet}</p>
        )}
      </View>
      <View name="histograms" title={texts.histograms} hint={texts.histogramsHint}>
        <Histograms />
      </View>
    </>
  );
}

function View({
  name,
  title,
  hint,
  children,
}: {
  name: string;
  title: string;
  hint: string;
  children: ComponentChildren;
}) {
  const isOpen = openViews.value.has(name);
  return (
    <details
      class="view"
      open={isOpen}
      data-view={name}
      onToggle={(event) => event.currentTarget.open !== isOpen && toggleView(name, event.currentTarget.open)}
    >
      <summary>
        <h2>{title}</h2>
      </summary>
      {isOpen && (
        <>
          <p class="hint">{hint}</p>
          {children}
        </>
      )}
    </details>
  );
}

/** The plane as the network divides it, with its points. */
function Plane() {
  const { views: texts } = say.value;
  const { toy, classNames, classes } = data.value!;
  const surface = look.value.surface ?? {
    data: new Float32Array(100 * 100 * classes).fill(1 / classes),
    shape: [100, 100, classes],
  };
  return (
    <section class="view plane" data-view="plane">
      <h2>{texts.plane}</h2>
      <p class="hint">{texts.planeHint}</p>
      <Figure
        by={classNames.join()}
        data={{ ...surface, points: toy! }}
        make={(vis, parent, shown: Parameters<typeof vis.decisionSurface>[1], spoken) =>
          vis.decisionSurface(parent, shown, { ...spoken, size: 480, classNames })
        }
      />
    </section>
  );
}

function VerdictView() {
  const { views: texts } = say.value;
  const shown = verdict.value;
  const facts = data.value;
  if (!shown || !facts) return <p class="empty">{texts.nothingYet}</p>;
  if (shown.predicted)
    return (
      <Figure
        data={{ predicted: shown.predicted }}
        make={(vis, parent, given: Parameters<typeof vis.scatter>[1], spoken) =>
          vis.scatter(parent, given, { ...spoken, xName: "actual" })
        }
      />
    );
  return (
    <>
      <p>{texts.right(percent(shown.accuracy), count(shown.of))}</p>
      <Figure
        by={facts.classNames.join()}
        data={{ matrix: shown.matrix, classNames: facts.classNames }}
        make={(vis, parent, given: Parameters<typeof vis.confusionMatrix>[1], spoken) =>
          vis.confusionMatrix(parent, given, spoken)
        }
      />
    </>
  );
}

function Mistakes() {
  const { views: texts } = say.value;
  const shown = verdict.value;
  if (!shown?.mistakes) return <p class="empty">{texts.nothingYet}</p>;
  if (shown.wrong === 0) return <p>{texts.noMistakes}</p>;
  return (
    <>
      <p>{texts.wrong(count(shown.wrong), count(shown.of))}</p>
      <Figure
        data={shown.mistakes}
        make={(vis, parent, given: Pictures, spoken) => vis.imageGrid(parent, given, { ...spoken, size: 44 })}
      />
    </>
  );
}

function Histograms() {
  const { views: texts } = say.value;
  const all = look.value.histograms ?? [];
  const [chosen, choose] = useState(0);
  const shown = all[chosen] ?? all[0];
  if (!shown) return <p class="empty">{texts.nothingYet}</p>;
  return (
    <>
      <Choice
        label={texts.layer}
        value={shown.layer}
        of={all.map(({ layer }) => layer)}
        onChoose={(name) => choose(all.findIndex(({ layer }) => layer === name))}
      />
      <div class="figures-pair">
        <Figure
          by={shown.layer}
          data={shown.weights}
          make={(vis, parent, given: typeof shown.weights, spoken) =>
            vis.histogram(parent, given, { ...spoken, title: texts.weights, height: 150 })
          }
        />
        {shown.gradients && (
          <Figure
            by={shown.layer}
            data={shown.gradients}
            make={(vis, parent, given: typeof shown.weights, spoken) =>
              vis.histogram(parent, given, { ...spoken, title: texts.gradients, height: 150 })
            }
          />
        )}
      </div>
    </>
  );
}
