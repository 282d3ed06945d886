/** What this machine does in this browser: kernels and training steps in every build of the kernels that runs here. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Benchmark, Row } from "../../../bench/suite/index.ts";
import { Choice, Copied, download, Panel } from "../page/controls.tsx";
import { short } from "../page/numbers.ts";
import { Scrollable } from "../page/Scrollable.tsx";
import { say } from "../texts/language.ts";
import { Figure } from "../views/Figure.tsx";
import type { FromBenchmark, ToBenchmark } from "./messages.ts";
import { pictureOf } from "./picture.ts";

export function BenchmarkRoom() {
  const { benchmark: texts } = say.value;
  const [at, progress] = useState<{ what: string; share: number } | undefined>();
  const [result, measured] = useState<{ benchmark: Benchmark; text: string } | undefined>();
  const [failure, fail] = useState<string | undefined>();
  const worker = useRef<Worker>();
  useEffect(() => () => worker.current?.terminate(), []);
  const stop = (): void => {
    worker.current?.terminate();
    worker.current = undefined;
    progress(undefined);
  };
  const start = (): void => {
    fail(undefined);
    progress({ what: "", share: 0 });
    const own = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "benchmark" });
    worker.current = own;
    own.onerror = (event) => {
      event.preventDefault();
      fail(event.message);
      stop();
    };
    own.onmessage = ({ data }: MessageEvent<FromBenchmark>) => {
      if ("share" in data) return progress(data);
      if ("failure" in data) fail(data.failure);
      else measured(data);
      stop();
    };
    const cores = navigator.hardwareConcurrency ?? 1;
    const order: ToBenchmark = {
      machine: { cpu: texts.thisMachine, cores },
      threads: crossOriginIsolated ? cores : 1,
    };
    own.postMessage(order);
  };
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <div class="row">
        <button type="button" class="primary" onClick={() => (at ? stop() : start())}>
          {at ? texts.stop : texts.start}
        </button>
        {at && (
          <>
            <progress value={at.share} max={1} aria-label={texts.title} />
            <span class="quiet" lang="en">
              {at.what}
            </span>
          </>
        )}
      </div>
      {!crossOriginIsolated && <p class="hint always">{texts.oneThread}</p>}
      {failure && (
        <p class="notice error" lang="en">
          {failure}
        </p>
      )}
      {result && <Result {...result} />}
    </>
  );
}

function Result({ benchmark, text }: { benchmark: Benchmark; text: string }) {
  const { benchmark: texts } = say.value;
  const tasks = [...new Set(benchmark.rows.map(taskOf))];
  const [task, choose] = useState(tasks[0]!);
  const rows = benchmark.rows.filter((row) => taskOf(row) === task);
  const bars = Object.fromEntries(rows.map((row) => [buildOf(row), row.rate]));
  const save = async (): Promise<void> => {
    const shown = benchmark.rows.map((row) => ({
      name: `${taskOf(row)}  ${buildOf(row)}`,
      rate: row.rate,
      unit: row.unit,
    }));
    download("anygrad-benchmark.png", await pictureOf(benchmark, shown), "image/png");
  };
  return (
    <div class="two-columns wide-left">
      <div class="column">
        <Panel title={texts.table} hint={texts.tableHint}>
          <Scrollable label={texts.table}>
            <table class="runs">
              <thead>
                <tr>
                  {texts.heads.map((head) => (
                    <th scope="col" key={head}>
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {benchmark.rows.map((row) => (
                  <tr key={`${taskOf(row)} ${buildOf(row)}`}>
                    <th scope="row" lang="en">
                      {taskOf(row)}
                    </th>
                    <td>{buildOf(row)}</td>
                    <td class="number">{short(row.median)}</td>
                    <td class="number">
                      {short(row.rate)} {row.unit}
                    </td>
                    <td class="number">{row.overScalar ? `${short(row.overScalar)} ×` : ""}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrollable>
          {benchmark.absent.map(({ reason, variant }) => (
            <p class="hint always" lang="en" key={reason}>
              {variant}: {reason}
            </p>
          ))}
        </Panel>
      </div>
      <div class="column">
        <Panel title={texts.chart}>
          <Choice label={texts.task} value={task} of={tasks} onChoose={choose} />
          <Figure
            by={task}
            data={bars}
            make={(vis, parent, shown: Record<string, number>, spoken) =>
              vis.barChart(parent, shown, { ...spoken, valueName: rows[0]?.unit ?? "", height: 220 })
            }
          />
        </Panel>
        <Panel title={texts.take}>
          <div class="row">
            <button
              type="button"
              onClick={() =>
                download(
                  "anygrad-benchmark.json",
                  JSON.stringify(benchmark, undefined, 1),
                  "application/json",
                )
              }
            >
              JSON
            </button>
            <button type="button" onClick={() => void save()}>
              {texts.picture}
            </button>
          </div>
          <Copied label={texts.text} text={text} copy={texts.copy} done={texts.copied} />
        </Panel>
      </div>
    </div>
  );
}

function taskOf({ group, name }: Row): string {
  return group === name ? name : `${group} ${name}`;
}

function buildOf({ variant, threads }: Row): string {
  return threads === 1 ? variant : `${variant} × ${threads}`;
}
