/** The network is asked: drawings, pictures, the camera, points, rows. What it says, what its layers make of it, and what it looked at. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Camera } from "../data/Camera.tsx";
import { drawingBytes, Pad, type PadHandle } from "../data/Pad.tsx";
import { bytesOf, decoded } from "../data/pictures.ts";
import { Choice, FileField, Panel } from "../page/controls.tsx";
import { Notices } from "../page/Notices.tsx";
import { count } from "../page/numbers.ts";
import { Toggles } from "../page/Toggles.tsx";
import { attempt, play, tell, workshop } from "../state/actions.ts";
import { canTrain, data, progress, room } from "../state/state.ts";
import { say } from "../texts/language.ts";
import type { Answer } from "../training/messages.ts";
import { Activations } from "../views/Activations.tsx";
import { Figure } from "../views/Figure.tsx";
import { Plane } from "./Plane.tsx";
import { Probabilities } from "./Probabilities.tsx";
import { Row } from "./Row.tsx";

export function TryRoom() {
  const { trial: texts } = say.value;
  const facts = data.value;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {!progress.value || !facts ? (
        <div class="empty">
          <p>{texts.noModel}</p>
          <button
            type="button"
            class="primary"
            disabled={!canTrain.value}
            onClick={() => {
              room.value = "train";
              void play();
            }}
          >
            {texts.trainNow}
          </button>
        </div>
      ) : facts.inputShape.length === 3 ? (
        <Pictures />
      ) : facts.toy ? (
        <Plane />
      ) : (
        <Row />
      )}
    </>
  );
}

const ways = ["draw", "file", "camera"] as const;
type Way = (typeof ways)[number];

/** A drawing with the class that the user gave it. */
interface Taught {
  readonly input: Float32Array;
  readonly label: number;
}

function Pictures() {
  const { trial: texts } = say.value;
  const facts = data.value!;
  const [size = 28, , channels = 1] = facts.inputShape;
  const color = channels === 3 ? "rgb" : "gray";
  const [way, choose] = useState<Way>(channels === 1 ? "draw" : "file");
  const [answer, answered] = useState<Answer | undefined>();
  const [input, give] = useState<Float32Array | undefined>();
  const [occlusion, hid] = useState<{ data: Float32Array; shape: readonly number[] } | undefined>();
  const [label, setLabel] = useState(0);
  const [taught, teach] = useState<readonly Taught[]>([]);
  const [isTeaching, teaching] = useState(false);
  const pad = useRef<PadHandle>();
  const ask = useAsking(answered);

  const show = (bytes: Uint8Array): void => {
    const given = Float32Array.from(bytes, (byte) => byte / 255);
    give(given);
    hid(undefined);
    ask(given);
  };
  const drawn = (handle: PadHandle): void => {
    if (!handle.isEmpty()) {
      show(drawingBytes(handle.canvas(), size));
      return;
    }
    give(undefined);
    answered(undefined);
    hid(undefined);
  };
  const dropped = async ([file]: File[]): Promise<void> => {
    await attempt("try", async () => {
      show(await decoded(file!, (bitmap) => bytesOf(bitmap, bitmap.width, bitmap.height, size, color)));
    });
  };
  const occlude = (): Promise<unknown> =>
    attempt("try", async () => {
      const likeliest = answer!.outputs.indexOf(Math.max(...answer!.outputs));
      hid(await workshop().call("occlusion", { input: input!, label: likeliest }));
    });
  const learn = async (): Promise<void> => {
    teaching(true);
    await attempt("try", async () => {
      const x = new Float32Array(taught.length * taught[0]!.input.length);
      taught.forEach((each, i) => {
        x.set(each.input, i * each.input.length);
      });
      await workshop().call("teach", { x, y: Uint8Array.from(taught, (each) => each.label) });
      if (input) ask(input);
      tell("try", texts.hasLearned(taught.length), "note");
    });
    teaching(false);
  };

  return (
    <div class="try-room">
      <div class="column">
        <Panel title={texts.input} hint={texts.inputHint}>
          <Toggles
            label={texts.way}
            of={channels === 1 ? ways : ways.slice(1)}
            value={way}
            nameOf={(name) => texts.ways[name]}
            onChoose={choose}
          />
          {way === "draw" && (
            <>
              <Pad handle={pad} onChange={drawn} />
              <button type="button" onClick={() => pad.current?.clear()}>
                {texts.clear}
              </button>
            </>
          )}
          {way === "file" && (
            <FileField
              label={texts.chooseFile}
              hint={texts.dropFile}
              accept="image/*"
              onFiles={(files) => void dropped(files)}
            />
          )}
          {way === "camera" && (
            <CameraFeed
              onFrame={(video) => show(bytesOf(video, video.videoWidth, video.videoHeight, size, color))}
            />
          )}
          {input && (
            <div class="seen">
              <Figure
                by={texts.seen}
                data={{ data: input, shape: [1, ...facts.inputShape] }}
                make={(vis, parent, shown: Parameters<typeof vis.imageGrid>[1], spoken) =>
                  vis.imageGrid(parent, shown, { ...spoken, size: 84, range: [0, 1], title: texts.seen })
                }
              />
              {occlusion && (
                <Figure
                  by={texts.occluded}
                  data={occlusion}
                  make={(vis, parent, shown: typeof occlusion, spoken) =>
                    vis.heatmap(parent, shown, {
                      ...spoken,
                      cell: Math.floor(84 / shown.shape[1]!),
                      title: texts.occluded,
                    })
                  }
                />
              )}
            </div>
          )}
          <button type="button" disabled={!input || !answer} onClick={() => void occlude()}>
            {texts.occlude}
          </button>
          <p class="hint">{texts.occludeHint}</p>
          <Notices place="try" />
        </Panel>
      </div>
      <div class="column">
        <Panel title={texts.says} hint={texts.saysHint}>
          <Probabilities answer={answer} names={facts.classNames} />
        </Panel>
        <Panel title={texts.teach} hint={texts.teachHint}>
          <Choice
            label={texts.isA}
            value={String(label)}
            of={facts.classNames.map((_, i) => String(i))}
            nameOf={(place) => facts.classNames[Number(place)]!}
            onChoose={(place) => setLabel(Number(place))}
          />
          <div class="row">
            <button
              type="button"
              disabled={!input}
              onClick={() => {
                teach([...taught, { input: input!, label }]);
                pad.current?.clear();
              }}
            >
              {texts.keep}
            </button>
            <button
              type="button"
              class="primary"
              disabled={taught.length === 0 || isTeaching}
              onClick={() => void learn()}
            >
              {isTeaching ? texts.teaching : texts.learn(count(taught.length))}
            </button>
          </div>
        </Panel>
      </div>
      <div class="column">
        <Panel title={texts.layers} hint={texts.layersHint}>
          {answer ? <Activations layers={answer.activations} /> : <p class="empty">{texts.nothing}</p>}
        </Panel>
      </div>
    </div>
  );
}

/** One question at a time; of those that come meanwhile the last one is asked. */
function useAsking(answered: (answer: Answer) => void): (input: Float32Array) => void {
  const waiting = useRef<Float32Array | undefined>();
  const isAsking = useRef(false);
  return (input) => {
    waiting.current = input;
    if (isAsking.current) return;
    isAsking.current = true;
    void (async () => {
      while (waiting.current) {
        const next = waiting.current;
        waiting.current = undefined;
        const answer = await attempt("try", () => workshop().call("ask", next));
        if (answer) answered(answer);
      }
      isAsking.current = false;
    })();
  };
}

function CameraFeed({ onFrame }: { onFrame(video: HTMLVideoElement): void }) {
  const [video, see] = useState<HTMLVideoElement | undefined>();
  useEffect(() => {
    if (!video) return;
    const timer = setInterval(() => onFrame(video), 250);
    return () => clearInterval(timer);
  }, [video]);
  return <Camera onVideo={see} />;
}
