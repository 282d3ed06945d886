/** Runs that have ended, side by side, and a small sweep over learning rates in workers of their own. */

import { useRef, useState } from "preact/hooks";
import { NumberField, Panel } from "../page/controls.tsx";
import { Said } from "../page/Notices.tsx";
import { count, duration, percent, short } from "../page/numbers.ts";
import { Scrollable } from "../page/Scrollable.tsx";
import { begin as beginWith, wordsOf } from "../state/actions.ts";
import {
  canTrain,
  data,
  experiment,
  type KeptRun,
  keptRuns,
  type Message,
  networkSummary,
  ownData,
  room,
} from "../state/state.ts";
import { keepRun } from "../storage/database.ts";
import { say } from "../texts/language.ts";
import { trainedApart } from "../training/separateRun.ts";
import { Figure } from "../views/Figure.tsx";
import { type Experiment, isBuiltIn } from "./experiment.ts";

export function CompareRoom() {
  const { compare: texts } = say.value;
  const runs = keptRuns.value;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <div class="two-columns wide-left">
        <div class="column">
          {runs.length === 0 ? <p class="empty">{texts.none}</p> : <Runs runs={runs} />}
        </div>
        <div class="column">
          <Sweep />
        </div>
      </div>
    </>
  );
}

function remove(id: number): void {
  keptRuns.value = keptRuns.value.filter((run) => run.id !== id);
  void keepRun(keptRuns.value);
}

/** What its network is called in the page's language. */
function nameOf({ name, experiment: { network } }: KeptRun): string {
  const { own, presets } = say.value.network;
  return network.preset === undefined ? own : (presets[network.preset as keyof typeof presets] ?? name);
}

function Runs({ runs }: { runs: readonly KeptRun[] }) {
  const { compare: texts } = say.value;
  const named = runs.map((run, i) => ({
    ...run,
    label: `${i + 1} ${nameOf(run)} ${short(run.experiment.recipe.learningRate)}`,
  }));
  const metric = named.every(({ history }) => history.val_accuracy) ? "val_accuracy" : "val_loss";
  const longest = Math.max(...named.map(({ history }) => history[metric]?.length ?? 0));
  const columns = {
    epoch: Array.from({ length: longest }, (_, i) => i + 1),
    ...Object.fromEntries(named.map(({ label, history }) => [label, history[metric] ?? []])),
  };
  return (
    <>
      <Panel title={metric === "val_accuracy" ? texts.accuracies : texts.losses} hint={texts.curvesHint}>
        <Figure
          by={named.map(({ label }) => label).join()}
          data={columns}
          make={(vis, parent, shown: Record<string, readonly number[]>, spoken) =>
            vis.curves(parent, shown, { ...spoken, height: 260 })
          }
        />
      </Panel>
      <Scrollable label={texts.title}>
        <table class="runs">
          <thead>
            <tr>
              {texts.heads.map((head) => (
                <th scope="col" key={head}>
                  {head}
                </th>
              ))}
              <th scope="col">
                <span class="unseen">{texts.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {named.map(({ id, label, experiment: made, history, digest, seconds, parameters }) => (
              <tr key={id}>
                <th scope="row">{label}</th>
                <td class="number">{history.val_accuracy ? percent(history.val_accuracy.at(-1)!) : "–"}</td>
                <td class="number">{history.val_loss ? short(history.val_loss.at(-1)!) : "–"}</td>
                <td>{`${made.recipe.optimizer} ${short(made.recipe.learningRate)}, ${made.recipe.batchSize} × ${made.recipe.epochs}`}</td>
                <td class="number">{count(parameters)}</td>
                <td class="number">{duration(seconds)}</td>
                <td>
                  <code>{digest.slice(0, 8)}</code>
                </td>
                <td>
                  <div class="row">
                    {isBuiltIn(made.data) && (
                      <button
                        type="button"
                        class="quiet-button"
                        onClick={() => {
                          void beginWith(made);
                          room.value = "train";
                        }}
                      >
                        {texts.take}
                      </button>
                    )}
                    <button
                      type="button"
                      class="quiet-button"
                      aria-label={texts.remove(label)}
                      onClick={() => remove(id)}
                    >
                      ×
                    </button>
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </>
  );
}

interface Trial {
  readonly rate: number;
  readonly share: number;
  readonly score?: number;
  readonly failure?: Message;
}

/** How many runs go on at once: a worker each, and one core left to the page. */
const jobs = Math.max(1, Math.min(3, (navigator.hardwareConcurrency ?? 2) - 1));

function Sweep() {
  const { compare: texts } = say.value;
  const [epochs, setEpochs] = useState(2);
  const [trials, set] = useState<readonly Trial[]>([]);
  const [isRunning, runs] = useState(false);
  const stopping = useRef(new AbortController());
  const base = experiment.value.recipe.learningRate;
  const isRegression = data.value?.task === "regression";

  const sweep = async (): Promise<void> => {
    const rates = [0.1, 0.3, 1, 3, 10].map((factor) => Number((base * factor).toPrecision(2)));
    stopping.current = new AbortController();
    runs(true);
    set(rates.map((rate) => ({ rate, share: 0 })));
    const note = (place: number, changed: Partial<Trial>): void =>
      set((before) => before.map((trial, i) => (i === place ? { ...trial, ...changed } : trial)));
    const waiting = rates.map((rate, place) => ({ rate, place }));
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next && !stopping.current.signal.aborted; next = waiting.shift()) {
        const { rate, place } = next;
        const { recipe } = experiment.peek();
        const made: Experiment = { ...experiment.peek(), recipe: { ...recipe, learningRate: rate, epochs } };
        try {
          const began = performance.now();
          const { history, digest } = await trainedApart({
            experiment: made,
            own: ownData.peek(),
            signal: stopping.current.signal,
            onShare: (share) => note(place, { share }),
          });
          note(place, {
            share: 1,
            score: (history[isRegression ? "val_loss" : "val_accuracy"] ?? []).at(-1)!,
          });
          const run = {
            id: Date.now() + place,
            name: made.network.preset ?? say.value.network.own,
            experiment: made,
            history,
            digest,
            seconds: (performance.now() - began) / 1000,
            parameters: networkSummary.peek()?.parameters ?? 0,
          };
          keptRuns.value = [...keptRuns.value, run].slice(-12);
          void keepRun(keptRuns.value);
        } catch (error) {
          if (!stopping.current.signal.aborted) note(place, { share: 1, failure: wordsOf(error as Error) });
        }
      }
    };
    await Promise.all(Array.from({ length: jobs }, worker));
    runs(false);
  };
  const best = [...trials]
    .filter(({ score }) => score !== undefined)
    .sort((a, b) => (isRegression ? a.score! - b.score! : b.score! - a.score!))[0];
  return (
    <Panel title={texts.sweep} hint={texts.sweepHint}>
      <NumberField label={texts.sweepEpochs} value={epochs} least={1} most={50} onSet={setEpochs} />
      <button
        type="button"
        class={isRunning ? "" : "primary"}
        disabled={!isRunning && !canTrain.value}
        onClick={() => (isRunning ? stopping.current.abort() : void sweep())}
      >
        {isRunning ? texts.stopSweep : texts.startSweep}
      </button>
      <ol class="trials" aria-live="polite">
        {trials.map(({ rate, share, score, failure }) => (
          <li key={rate} class={best?.rate === rate && !isRunning ? "best" : ""}>
            <span class="number">{short(rate)}</span>
            <progress value={share} max={1} aria-label={short(rate)} />
            <span>
              {failure ? (
                <Said {...failure} />
              ) : score === undefined ? (
                ""
              ) : isRegression ? (
                short(score)
              ) : (
                percent(score)
              )}
            </span>
          </li>
        ))}
      </ol>
      {best && !isRunning && <p>{texts.best(short(best.rate))}</p>}
    </Panel>
  );
}
