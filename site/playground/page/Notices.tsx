/** What went wrong, or is worth knowing, in words, where it happened. */
import { untell } from "../state/actions.ts";
import { type Message, type Notice, notices } from "../state/state.ts";
import { say } from "../texts/language.ts";

/** A message, and what the library said of it in its own words. */
export function Said({ message, english }: Message) {
  if (english === undefined) return message;
  return (
    <>
      {message} {say.value.failures.quoted} <q lang="en">{english}</q>
    </>
  );
}

export function Notices({ place }: { place: Notice["place"] }) {
  return (
    <div aria-live="polite">
      {notices.value
        .filter((each) => each.place === place)
        .map(({ message, english, kind }) => (
          <p class={`notice ${kind}`} key={message}>
            <span>
              <Said message={message} english={english} />
            </span>
            <button type="button" aria-label={say.value.page.close} onClick={() => untell(place)}>
              ×
            </button>
          </p>
        ))}
    </div>
  );
}
