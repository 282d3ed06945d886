/** The page's frame: the rooms, and the one that is open. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { LessonPanel } from "../lessons/LessonPanel.tsx";
import { Lessons } from "../lessons/Lessons.tsx";
import { type Room, room, rooms } from "../state/state.ts";
import { chooseLanguage, type Language, language, languages, say } from "../texts/language.ts";
import { TrainRoom } from "../training/TrainRoom.tsx";
import { Notices } from "./Notices.tsx";
import { chooseScheme, explains, isHeadStacked, scheme, schemes } from "./preferences.ts";

/** Rooms that are not looked at first are loaded when they are. */
const late: Partial<Record<Room, () => Promise<() => ComponentChildren>>> = {
  try: () => import("../trial/TryRoom.tsx").then(({ TryRoom }) => TryRoom),
  reproduce: () => import("../recipe/ReproduceRoom.tsx").then(({ ReproduceRoom }) => ReproduceRoom),
  compare: () => import("../recipe/CompareRoom.tsx").then(({ CompareRoom }) => CompareRoom),
  benchmark: () => import("../benchmark/BenchmarkRoom.tsx").then(({ BenchmarkRoom }) => BenchmarkRoom),
};

export function App() {
  const { page } = say.value;
  const open = room.value;
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // on a phone the rooms are wider than the page
    const chosen = nav.current?.querySelector<HTMLElement>("[aria-current]");
    if (chosen)
      nav.current!.scrollLeft = chosen.offsetLeft - (nav.current!.clientWidth - chosen.offsetWidth) / 2;
  }, [open]);
  const roomNames = (
    <nav key="rooms" ref={nav} class="rooms" aria-label={page.rooms}>
      {rooms.map((name) => (
        <button
          type="button"
          key={name}
          aria-current={open === name ? "page" : undefined}
          onClick={() => {
            room.value = name;
          }}
        >
          {page.room[name]}
        </button>
      ))}
    </nav>
  );
  const preferences = (
    <div key="preferences" class="preferences">
      <button
        type="button"
        class="quiet-button"
        aria-pressed={explains.value}
        title={page.explainHint}
        onClick={() => {
          explains.value = !explains.value;
        }}
      >
        {page.explain}
      </button>
      <label>
        <span class="unseen">{page.scheme}</span>
        <select value={scheme.value} onChange={(event) => chooseScheme(event.currentTarget.value)}>
          {schemes.map((name) => (
            <option key={name} value={name}>
              {page.schemes[name]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="unseen">{page.language}</span>
        <select
          value={language.value}
          onChange={(event) => chooseLanguage(event.currentTarget.value as Language)}
        >
          {Object.keys(languages).map((name) => (
            <option key={name} value={name} translate={false}>
              {name.toUpperCase()}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
  return (
    <>
      <a class="skip" href="#room">
        {page.skip}
      </a>
      <header class="page-head">
        <a class="brand" href="../" aria-label={page.home}>
          <img src="./icon.svg" alt="" width="26" height="26" />
          <span>
            anygrad <em>{page.brand}</em>
          </span>
        </a>
        {isHeadStacked.value ? [preferences, roomNames] : [roomNames, preferences]}
      </header>
      <main id="room" tabIndex={-1} class={explains.value ? "explains" : ""}>
        <Notices place="link" />
        <LessonPanel />
        {open === "train" ? (
          <TrainRoom />
        ) : open === "lessons" ? (
          <Lessons />
        ) : (
          <Late key={open} name={open} />
        )}
      </main>
    </>
  );
}

function Late({ name }: { name: Room }) {
  const [Part, show] = useState<(() => ComponentChildren) | undefined>();
  useEffect(() => {
    let isHere = true;
    void late[name]?.().then((part) => isHere && show(() => part));
    return () => {
      isHere = false;
    };
  }, [name]);
  return Part ? <Part /> : <p class="waiting">{say.value.page.loading}</p>;
}
