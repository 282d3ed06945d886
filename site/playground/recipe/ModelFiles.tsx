/** The model as a file, in and out, and the report of its run. */
import { useState } from "preact/hooks";
import { Choice, download, FileField, Panel } from "../page/controls.tsx";
import { Notices } from "../page/Notices.tsx";
import { attempt, openModel, workshop } from "../state/actions.ts";
import { curveRows, finished, progress } from "../state/state.ts";
import { say } from "../texts/language.ts";
import { type ModelFormat, modelFormats } from "../training/messages.ts";

export function ModelFiles() {
  const { model: texts } = say.value;
  const [format, choose] = useState<ModelFormat>("safetensors");
  const hasModel = progress.value !== undefined;
  const hasHistory = finished.value !== undefined && curveRows.value.length > 0;
  const save = () =>
    attempt("model", async () => {
      for (const { name, bytes } of await workshop().call("save", format)) download(name, bytes);
    });
  const report = () =>
    attempt("model", async () =>
      download("report.html", await workshop().call("report", undefined), "text/html"),
    );
  return (
    <Panel title={texts.title} hint={texts.hint}>
      <Choice<ModelFormat>
        label={texts.format}
        value={format}
        of={modelFormats}
        nameOf={(name) => texts.formats[name]}
        onChoose={choose}
      />
      <div class="row">
        <button type="button" disabled={!hasModel} onClick={() => void save()}>
          {texts.save}
        </button>
        <button type="button" disabled={!hasHistory} onClick={() => void report()}>
          {texts.report}
        </button>
      </div>
      <FileField
        label={texts.open}
        hint={texts.openHint}
        accept=".safetensors,.keras,.h5,.onnx,.tflite,.json,.bin"
        onFiles={(files) => void openModel(files)}
      />
      <Notices place="model" />
    </Panel>
  );
}
