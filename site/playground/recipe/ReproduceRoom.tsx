/** The same bits again: in this page, by a link in another, by the command line, by a program in Node. */
import { useEffect, useState } from "preact/hooks";
import { Copied, download, Panel } from "../page/controls.tsx";
import { Notices, Said } from "../page/Notices.tsx";
import { attempt, wordsOf, workshop } from "../state/actions.ts";
import { data, finished, type Message, ownData, progress, rates, repeated, running } from "../state/state.ts";
import { say } from "../texts/language.ts";
import { trainedApart } from "../training/separateRun.ts";
import { commandOf, networkFile } from "./command.ts";
import { isBuiltIn } from "./experiment.ts";
import { linkOf } from "./link.ts";
import { dataFile, programOf } from "./program.ts";

export function ReproduceRoom() {
  const { reproduce: texts } = say.value;
  const experiment = running.value;
  const result = finished.value;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {!experiment || !result ? (
        <p class="empty">{texts.noRun}</p>
      ) : progress.value?.taught ? (
        <p class="empty">{texts.taught}</p>
      ) : (
        <Reproduction />
      )}
    </>
  );
}

function Reproduction() {
  const { reproduce: texts } = say.value;
  const experiment = running.value!;
  const { digest } = finished.value!;
  const [config, set] = useState<{ json: string; preset?: string } | undefined>();
  const facts = data.value!;
  useEffect(() => {
    void attempt("model", () => workshop().call("config", undefined)).then(set);
  }, [digest]);
  const command = config && commandOf(experiment, rates.value, config.preset);
  const isOwn = !isBuiltIn(experiment.data);
  const program =
    config &&
    programOf(experiment, rates.value, {
      config: config.json,
      points: facts.toy,
      isRegression: facts.task === "regression",
      isBytes: facts.inputShape.length === 3,
    });
  return (
    <div class="two-columns">
      <div class="column">
        <Panel title={texts.digest} hint={texts.digestHint}>
          <p class="digest" data-figure="digest">
            {digest}
          </p>
          <Repeat digest={digest} />
        </Panel>
        <Panel title={texts.link} hint={texts.linkHint}>
          {isOwn || rates.value.length > 0 ? (
            <p class="empty">{isOwn ? texts.linkOwn : texts.linkRates}</p>
          ) : (
            <Copied
              label={texts.linkLabel}
              text={linkOf(experiment, location.href)}
              copy={texts.copy}
              done={texts.copied}
            />
          )}
        </Panel>
      </div>
      <div class="column">
        <Panel title={texts.command} hint={texts.commandHint}>
          {command ? (
            <Copied label={texts.commandLabel} text={command} copy={texts.copy} done={texts.copied} />
          ) : (
            config && <p class="empty">{texts.noCommand}</p>
          )}
          {command?.includes(networkFile) && config && (
            <button type="button" onClick={() => download(networkFile, config.json, "application/json")}>
              {texts.downloadNetwork}
            </button>
          )}
        </Panel>
        <Panel title={texts.program} hint={texts.programHint}>
          {program && <Copied label="run.mjs" text={program} copy={texts.copy} done={texts.copied} />}
          <div class="row">
            <button
              type="button"
              disabled={!program}
              onClick={() => download("run.mjs", program!, "text/javascript")}
            >
              {texts.downloadProgram}
            </button>
            {isOwn && (
              <button
                type="button"
                onClick={() =>
                  void attempt("model", async () =>
                    download(dataFile, await workshop().call("dataFile", undefined)),
                  )
                }
              >
                {texts.downloadData}
              </button>
            )}
          </div>
          <Notices place="model" />
        </Panel>
      </div>
    </div>
  );
}

/** Makes the run once more in a worker of its own, and compares. */
function Repeat({ digest }: { digest: string }) {
  const { reproduce: texts } = say.value;
  const [share, at] = useState<number | undefined>();
  const again = repeated.value;
  const [failure, fail] = useState<Message | undefined>();
  const repeat = async (): Promise<void> => {
    repeated.value = undefined;
    fail(undefined);
    at(0);
    try {
      const { digest: made } = await trainedApart({
        experiment: running.peek()!,
        own: ownData.peek(),
        rates: rates.peek(),
        onShare: at,
      });
      repeated.value = made;
    } catch (error) {
      fail(wordsOf(error as Error));
    } finally {
      at(undefined);
    }
  };
  return (
    <>
      <button type="button" class="primary" disabled={share !== undefined} onClick={() => void repeat()}>
        {texts.repeat}
      </button>
      {share !== undefined && <progress value={share} max={1} aria-label={texts.repeating} />}
      <div aria-live="polite">
        {again !== undefined && (
          <p class={`notice ${again === digest ? "note" : "error"}`} data-figure="repeated">
            <span>
              {again === digest ? texts.equal : texts.different} <code>{again.slice(0, 16)}…</code>
            </span>
          </p>
        )}
        {failure && (
          <p class="notice error">
            <span>
              <Said {...failure} />
            </span>
          </p>
        )}
      </div>
    </>
  );
}
