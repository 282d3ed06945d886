/** What went wrong, or is worth knowing, in words, where it happened. */
import { untell } from "../state/actions.ts";
import { type Notice, notices } from "../state/state.ts";
import { say } from "../texts/language.ts";

export function Notices({ place }: { place: Notice["place"] }) {
  return (
    <div aria-live="polite">
      {notices.value
        .filter((each) => each.place === place)
        .map(({ message, kind }) => (
          <p class={`notice ${kind}`} key={message}>
            <span>{message}</span>
            <button type="button" aria-label={say.value.page.close} onClick={() => untell(place)}>
              ×
            </button>
          </p>
        ))}
    </div>
  );
}
