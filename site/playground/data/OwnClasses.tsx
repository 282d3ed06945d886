/** Classes of one's own: drawn, or held before the camera. */

import { signal } from "@preact/signals";
import { useRef, useState } from "preact/hooks";
import { Toggles } from "../page/Toggles.tsx";
import { attempt, chooseData } from "../state/actions.ts";
import { say } from "../texts/language.ts";
import { Camera } from "./Camera.tsx";
import { drawingBytes, Pad, type PadHandle } from "./Pad.tsx";
import { bytesOf } from "./pictures.ts";

const drawnSize = 28;
const cameraSize = 32;

interface OwnClass {
  readonly name: string;
  readonly examples: readonly Uint8Array[];
}

const ways = ["draw", "camera"] as const;
type Way = (typeof ways)[number];

const way = signal<Way>("draw");
const classes = signal<readonly OwnClass[]>([]);
const chosen = signal(0);

function given(): readonly OwnClass[] {
  if (classes.value.length === 0)
    classes.value = [1, 2].map((n) => ({ name: say.value.data.className(n), examples: [] }));
  return classes.value;
}

function change(place: number, changed: Partial<OwnClass>): void {
  classes.value = classes.value.map((each, i) => (i === place ? { ...each, ...changed } : each));
}

export function OwnClasses() {
  const { data: texts } = say.value;
  const list = given();
  const pad = useRef<PadHandle>();
  const video = useRef<HTMLVideoElement>();
  const taking = useRef(0);
  const [hasVideo, sees] = useState(false);
  const isCamera = way.value === "camera";
  const add = (): void => {
    const bytes = isCamera
      ? video.current &&
        bytesOf(video.current, video.current.videoWidth, video.current.videoHeight, cameraSize, "rgb")
      : pad.current && !pad.current.isEmpty()
        ? drawingBytes(pad.current.canvas(), drawnSize)
        : undefined;
    if (!bytes) return;
    const { examples } = classes.value[chosen.value]!;
    change(chosen.value, { examples: [...examples, bytes] });
    if (!isCamera) pad.current!.clear();
  };
  const isEnough = list.length >= 2 && list.every(({ examples }) => examples.length >= 3);
  const use = () =>
    attempt("data", async () => {
      const all = list.flatMap(({ examples }, label) => examples.map((bytes) => ({ bytes, label })));
      const x = new Uint8Array(all.length * all[0]!.bytes.length);
      all.forEach(({ bytes }, i) => {
        x.set(bytes, i * bytes.length);
      });
      const y = Uint8Array.from(all, ({ label }) => label);
      const classNames = list.map(({ name }) => name);
      const [size, color] = isCamera ? ([cameraSize, "rgb"] as const) : ([drawnSize, "gray"] as const);
      await chooseData({ kind: "pictures", name: "own", size, color }, { examples: { x, y, classNames } });
    });
  const switchTo = (next: Way): void => {
    if (next === way.value) return;
    way.value = next;
    classes.value = classes.value.map((each) => ({ ...each, examples: [] }));
  };
  return (
    <div class="own-classes">
      <Toggles
        label={texts.way}
        of={ways}
        value={way.value}
        nameOf={(name) => texts.ways[name]}
        onChoose={switchTo}
      />
      <ul class="class-list">
        {list.map(({ name, examples }, i) => (
          <li key={i} class={chosen.value === i ? "chosen" : ""}>
            <input
              type="radio"
              name="own-class"
              aria-label={texts.addTo(name)}
              checked={chosen.value === i}
              onChange={() => {
                chosen.value = i;
              }}
            />
            <input
              type="text"
              aria-label={texts.nameOf(i + 1)}
              value={name}
              maxLength={24}
              onInput={(event) => change(i, { name: event.currentTarget.value })}
            />
            <span class="number">{examples.length}</span>
            <button
              type="button"
              class="quiet-button"
              aria-label={texts.removeClass(name)}
              disabled={list.length <= 2}
              onClick={() => {
                classes.value = list.filter((_, at) => at !== i);
                chosen.value = 0;
              }}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="quiet-button"
        disabled={list.length >= 10}
        onClick={() => {
          classes.value = [...list, { name: texts.className(list.length + 1), examples: [] }];
          chosen.value = list.length;
        }}
      >
        {texts.addClass}
      </button>
      {isCamera ? (
        <Camera
          onVideo={(found) => {
            video.current = found;
            sees(found !== undefined);
          }}
        />
      ) : (
        <Pad handle={pad} onChange={() => {}} />
      )}
      <div class="row">
        <button
          type="button"
          disabled={isCamera && !hasVideo}
          onClick={add}
          onPointerDown={() => {
            if (isCamera) taking.current = window.setInterval(add, 150);
          }}
          onPointerUp={() => clearInterval(taking.current)}
          onPointerLeave={() => clearInterval(taking.current)}
        >
          {isCamera ? texts.take : texts.addDrawing}
        </button>
        <button type="button" class="primary" disabled={!isEnough} onClick={() => void use()}>
          {texts.use}
        </button>
      </div>
      {!isEnough && <p class="hint always">{texts.enough}</p>}
    </div>
  );
}
