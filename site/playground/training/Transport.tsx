/** Start, pause, step, begin anew; and how far the run is. It stays in sight. */
import { bytes, count, duration, percent, short } from "../page/numbers.ts";
import { extend, pause, play, reset, step } from "../state/actions.ts";
import { canTrain, isChanged, networkSummary, progress, running, verdict } from "../state/state.ts";
import { say } from "../texts/language.ts";

export function Transport() {
  const { transport } = say.value;
  const now = progress.value;
  const at = now?.state ?? "ready";
  const isRunning = at === "running";
  const changed = isChanged.value && !isRunning;
  const share = now && now.steps > 0 ? now.step / now.steps : 0;
  const goesOn = at === "paused" && !changed;
  const startText = goesOn ? transport.goOn : at === "done" && !changed ? transport.again : transport.start;
  const extendable =
    at === "done" && !changed && running.value?.recipe.schedule === "constant" && !now?.taught;
  const flop = networkSummary.value?.flop ?? 0;
  const accuracy = verdict.value?.accuracy;
  return (
    <section class="transport" aria-label={transport.title}>
      <div class="transport-buttons">
        <button
          type="button"
          class="primary"
          disabled={!canTrain.value && !isRunning}
          onClick={() => void (isRunning ? pause() : play())}
        >
          <span class={`sign ${isRunning ? "pause" : "play"}`} aria-hidden="true" />
          {isRunning ? transport.pause : startText}
        </button>
        <button
          type="button"
          disabled={!canTrain.value || isRunning}
          title={transport.stepHint}
          onClick={() => void step()}
        >
          {transport.step}
        </button>
        <button
          type="button"
          disabled={!canTrain.value || isRunning}
          title={transport.resetHint}
          onClick={() => void reset()}
        >
          {transport.reset}
        </button>
        {extendable && (
          <button type="button" title={transport.moreHint} onClick={() => void extend(2)}>
            {transport.more}
          </button>
        )}
      </div>
      <div class="transport-progress">
        <progress value={share} max={1} aria-label={transport.progress} />
        <p>
          {now
            ? transport.at(
                Math.min(now.epoch + 1, Math.max(1, now.epochs)),
                now.epochs,
                count(now.step),
                count(now.steps),
              )
            : transport.idle}
          {changed && running.value && <strong> {transport.changed}</strong>}
        </p>
      </div>
      <dl class="figures">
        <div>
          <dt>{transport.accuracy}</dt>
          <dd data-figure="accuracy">
            {accuracy !== undefined && Number.isFinite(accuracy) ? percent(accuracy) : "–"}
          </dd>
        </div>
        <div>
          <dt>{transport.speed}</dt>
          <dd>{now && now.speed > 0 ? transport.perSecond(short(now.speed)) : "–"}</dd>
        </div>
        <div>
          <dt>{transport.left}</dt>
          <dd>{now && now.speed > 0 ? duration(now.secondsLeft) : "–"}</dd>
        </div>
        <div>
          <dt>{transport.rate}</dt>
          <dd>{now && now.speed > 0 ? `${short((flop * now.speed) / 1e9, 2)} GFLOP/s` : "–"}</dd>
        </div>
        <div>
          <dt>{transport.memory}</dt>
          <dd>{now ? bytes(now.memory) : "–"}</dd>
        </div>
        <div>
          <dt>{transport.engine}</dt>
          <dd>{now ? transport.threads(now.variant, now.threads) : "–"}</dd>
        </div>
      </dl>
    </section>
  );
}
