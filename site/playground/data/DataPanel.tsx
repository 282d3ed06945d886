/** What is learned from: data that are built in, files, and classes of one's own. */

import { useState } from "preact/hooks";
import { Choice, FileField, NumberField, Panel } from "../page/controls.tsx";
import { Notices } from "../page/Notices.tsx";
import { count, short } from "../page/numbers.ts";
import { Scrollable } from "../page/Scrollable.tsx";
import { Toggles } from "../page/Toggles.tsx";
import { type DataChoice, toyShapes } from "../recipe/experiment.ts";
import { attempt, chooseData, showExample, tell } from "../state/actions.ts";
import { data, dataChoice, isReading, ownData } from "../state/state.ts";
import { say } from "../texts/language.ts";
import type { Pictures } from "../training/messages.ts";
import { Figure } from "../views/Figure.tsx";
import { mnistFilesAt } from "./mnistFiles.ts";
import { OwnClasses } from "./OwnClasses.tsx";
import { picturesFrom } from "./pictures.ts";

type Source = DataChoice["kind"] | "own";
const sources: readonly Source[] = ["digits", "toy", "own", "pictures", "table", "idx"];

export function DataPanel() {
  const { data: texts } = say.value;
  const choice = dataChoice.value;
  const [asked, ask] = useState<Source | undefined>();
  const isOwn = choice.kind === "pictures" && choice.name === "own";
  const source = asked ?? (isOwn ? "own" : choice.kind);
  const choose = (name: Source): void => {
    ask(name);
    if (name === "digits") void chooseData({ kind: "digits", train: 4000, test: 1000 });
    if (name === "toy") void chooseData({ kind: "toy", shape: "spiral", count: 400, noise: 0.1 });
  };
  return (
    <Panel title={texts.title} hint={texts.hint}>
      <Choice
        label={texts.source}
        hint={texts.sourceHints[source]}
        value={source}
        of={sources}
        nameOf={(name) => texts.sources[name]}
        onChoose={choose}
      />
      <SourceControls source={source} />
      <Notices place="data" />
      <div aria-live="polite">{isReading.value && <p class="waiting">{texts.reading}</p>}</div>
      <DataFacts />
    </Panel>
  );
}

function SourceControls({ source }: { source: Source }) {
  const { data: texts } = say.value;
  const choice = dataChoice.value;
  switch (source) {
    case "digits":
      return choice.kind === "digits" ? (
        <NumberField
          label={texts.examples}
          hint={texts.examplesHint}
          value={choice.train}
          least={100}
          most={10000}
          step={100}
          onSet={(train) =>
            void chooseData({ kind: "digits", train, test: Math.max(100, Math.round(train / 4)) })
          }
        />
      ) : null;
    case "toy":
      return choice.kind === "toy" ? (
        <>
          <Toggles
            label={texts.shape}
            of={toyShapes}
            value={choice.shape}
            nameOf={(shape) => texts.shapes[shape]}
            onChoose={(shape) => void chooseData({ ...choice, shape })}
          />
          <div class="pair">
            <NumberField
              label={texts.points}
              value={choice.count}
              least={20}
              most={2000}
              step={20}
              onSet={(n) => void chooseData({ ...choice, count: n })}
            />
            <NumberField
              label={texts.noise}
              hint={texts.noiseHint}
              value={choice.noise}
              least={0}
              most={1}
              step={0.05}
              onSet={(noise) => void chooseData({ ...choice, noise })}
            />
          </div>
        </>
      ) : null;
    case "own":
      return <OwnClasses />;
    case "pictures":
      return <PictureFiles />;
    case "table":
      return <TableFile />;
    case "idx":
      return <IdxFiles />;
  }
}

function PictureFiles() {
  const { data: texts } = say.value;
  const [size, setSize] = useState(32);
  const [done, progress] = useState<[number, number] | undefined>();
  const read = async (files: File[]): Promise<void> => {
    await attempt("data", async () => {
      const { examples, color, unreadable } = await picturesFrom(files, size, (n, total) =>
        progress([n, total]),
      );
      const isRead = await chooseData({ kind: "pictures", name: "folders", size, color }, { examples });
      if (isRead && unreadable.length > 0)
        tell("data", texts.leftOut(unreadable.length, unreadable[0]!), "note");
    });
    progress(undefined);
  };
  return (
    <>
      <NumberField
        label={texts.pictureSize}
        hint={texts.pictureSizeHint}
        value={size}
        least={8}
        most={96}
        onSet={setSize}
      />
      <FileField
        label={texts.choosePictures}
        hint={texts.dropPictures}
        isFolder
        onFiles={(files) => void read(files)}
      />
      {done && <progress value={done[0]} max={done[1]} aria-label={texts.reading} />}
    </>
  );
}

function TableFile() {
  const { data: texts } = say.value;
  const choice = dataChoice.value;
  const facts = data.value;
  const read = async ([file]: File[]): Promise<void> => {
    await attempt("data", async () => {
      const text = await file!.text();
      await chooseData({ kind: "table", name: file!.name }, { text });
    });
  };
  const columns = facts?.columns && [...facts.columns.map(({ name }) => name), facts.label!];
  return (
    <>
      <FileField
        label={texts.chooseTable}
        hint={texts.dropTable}
        accept=".csv,.tsv,.txt,text/csv"
        onFiles={(files) => void read(files)}
      />
      {choice.kind === "table" && columns && (
        <Choice
          label={texts.label}
          hint={texts.labelHint}
          value={facts.label!}
          of={columns}
          onChoose={(label) => void chooseData({ ...choice, label }, ownData.value)}
        />
      )}
    </>
  );
}

function IdxFiles() {
  const { data: texts } = say.value;
  const [limit, setLimit] = useState(10000);
  const [address, setAddress] = useState("");
  const [isFetching, fetching] = useState(false);
  const read = (files: readonly File[], name: string) => chooseData({ kind: "idx", name, limit }, { files });
  const fetchAll = async (): Promise<void> => {
    fetching(true);
    await attempt("data", async () => {
      const files = await mnistFilesAt(address);
      await read(files, address);
    });
    fetching(false);
  };
  return (
    <>
      <NumberField
        label={texts.limit}
        hint={texts.limitHint}
        value={limit}
        least={100}
        most={60000}
        step={100}
        onSet={setLimit}
      />
      <FileField
        label={texts.chooseIdx}
        hint={texts.dropIdx}
        onFiles={(files) => void read(files, files[0]!.name)}
      />
      <form
        class="address"
        onSubmit={(event) => {
          event.preventDefault();
          void fetchAll();
        }}
      >
        <label>
          {texts.address}
          <input
            type="url"
            required
            placeholder="https://…/mnist/"
            value={address}
            onInput={(event) => setAddress(event.currentTarget.value)}
          />
        </label>
        <button type="submit" disabled={isFetching}>
          {isFetching ? texts.fetching : texts.fetch}
        </button>
      </form>
    </>
  );
}

function DataFacts() {
  const { data: texts } = say.value;
  const facts = data.value;
  if (!facts) return null;
  const shown = facts.classNames.slice(0, 12);
  const most = Math.max(1, ...facts.counts);
  const { inputShape } = facts;
  const shapeText =
    inputShape.length === 1 ? texts.numbers(inputShape[0]!) : inputShape.join("\u00a0×\u00a0");
  return (
    <div class="facts">
      <p>{texts.sum(count(facts.train), count(facts.test), shapeText)}</p>
      {facts.pictures && (
        <>
          <ExamplePictures pictures={facts.pictures} />
          <p class="hint">{texts.pickHint}</p>
        </>
      )}
      {facts.columns && (
        <Scrollable label={texts.columns}>
          <table>
            <thead>
              <tr>
                <th scope="col">{texts.column}</th>
                <th scope="col">{texts.kind}</th>
              </tr>
            </thead>
            <tbody>
              {facts.columns.map((column) => (
                <tr key={column.name}>
                  <th scope="row">{column.name}</th>
                  <td>
                    {column.kind === "number"
                      ? texts.number(short(column.mean ?? 0))
                      : texts.categories(
                          column.categories!.length,
                          column.categories!.slice(0, 4).join(", "),
                        )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrollable>
      )}
      {facts.task === "classification" && !facts.toy && (
        <ul class="class-counts" aria-label={texts.classes}>
          {shown.map((name, i) => (
            <li key={name}>
              <span>{name}</span>
              <meter value={facts.counts[i]!} max={most} aria-label={name} />
              <span class="number">{count(facts.counts[i]!)}</span>
            </li>
          ))}
          {facts.classNames.length > shown.length && (
            <li>{texts.more(facts.classNames.length - shown.length)}</li>
          )}
        </ul>
      )}
      {facts.notes.length > 0 && (
        <details class="inner">
          <summary>{texts.notes}</summary>
          <ul lang="en">
            {facts.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** The first examples; one that is pressed is followed through the layers. */
function ExamplePictures({ pictures }: { pictures: Pictures }) {
  const { data: texts } = say.value;
  const few = Math.min(20, pictures.shape[0]!);
  const size = pictures.data.length / pictures.shape[0]!;
  return (
    <div class="examples">
      <Figure
        by={texts.pick}
        data={{
          ...pictures,
          data: pictures.data.subarray(0, few * size),
          shape: [few, ...pictures.shape.slice(1)],
          captions: pictures.captions?.slice(0, few),
        }}
        make={(vis, parent, shown: Pictures, spoken) => vis.imageGrid(parent, shown, { ...spoken, size: 34 })}
      />
      <NumberField label={texts.pick} value={1} least={1} most={few} onSet={(n) => showExample(n - 1)} />
    </div>
  );
}
