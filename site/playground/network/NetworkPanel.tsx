/** The network: a preset, or layers put together, with the shapes that go through them. */
import { useState } from "preact/hooks";
import { Choice, NumberField, Panel } from "../page/controls.tsx";
import { Notices, Said } from "../page/Notices.tsx";
import { bytes, count } from "../page/numbers.ts";
import type { LayerSpec } from "../recipe/experiment.ts";
import { changeNetwork, choosePreset } from "../state/actions.ts";
import { data, type Message, network, networkSummary } from "../state/state.ts";
import { say } from "../texts/language.ts";
import type { NetworkSummary } from "../training/messages.ts";
import { kindOf, layerKinds, optionOf, withOption } from "./layerKinds.ts";

const own = "own";

export function NetworkPanel() {
  const { network: texts } = say.value;
  const { layers, preset } = network.value;
  const summary = networkSummary.value;
  const [openLayer, open] = useState<number | undefined>();
  const [added, choose] = useState("dense");
  const change = (next: readonly LayerSpec[]): void => void changeNetwork({ layers: next });
  const move = (from: number, to: number): void => {
    change(moved(layers, from, to));
    open(to);
  };
  const error = summary?.error;
  return (
    <Panel title={texts.title} hint={texts.hint}>
      <Choice
        label={texts.preset}
        hint={texts.presetHint}
        value={preset ?? own}
        of={[...(data.value?.presets ?? []), ...(preset ? [] : [own])]}
        nameOf={(name) =>
          name === own ? texts.own : (texts.presets[name as keyof typeof texts.presets] ?? name)
        }
        onChoose={(name) => {
          open(undefined);
          if (name !== own) void choosePreset(name);
        }}
      />
      <ol class="layers" aria-label={texts.layers}>
        <li class="layer end">
          <span class="layer-name">{texts.input}</span>
          <span class="layer-shape">{data.value ? data.value.inputShape.join(" × ") : "–"}</span>
        </li>
        {layers.map((layer, i) => {
          const row = summary?.rows[i];
          const failed = error?.layer === i;
          const isOpen = openLayer === i;
          const kind = kindOf(layer.type);
          const name = texts.kinds[layer.type as keyof typeof texts.kinds] ?? layer.type;
          return (
            <li class={`layer ${failed ? "failed" : ""} ${isOpen ? "open" : ""}`} key={i}>
              <button
                type="button"
                class="layer-head"
                aria-expanded={isOpen}
                onClick={() => open(isOpen ? undefined : i)}
              >
                <span class="layer-name">
                  {name} <em translate={false}>{textOf(layer)}</em>
                </span>
                <span class="layer-shape">{row ? row.outputShape.join(" × ") : "?"}</span>
                <span class="layer-count">{row && row.parameters > 0 ? count(row.parameters) : ""}</span>
              </button>
              {failed && <Failure error={error} />}
              {isOpen && (
                <div class="layer-options">
                  {kind && texts.kindHints[layer.type as keyof typeof texts.kindHints] && (
                    <p class="hint">{texts.kindHints[layer.type as keyof typeof texts.kindHints]}</p>
                  )}
                  {Object.entries(kind?.controls ?? {}).map(([option, control]) => {
                    const label = texts.options[option as keyof typeof texts.options] ?? option;
                    const set = (value: string | number): void =>
                      change(layers.map((each, at) => (at === i ? withOption(each, option, value) : each)));
                    return control.kind === "number" ? (
                      <NumberField
                        key={option}
                        label={label}
                        value={Number(optionOf(layer, option))}
                        least={control.least}
                        most={control.most}
                        step={control.step ?? 1}
                        onSet={set}
                      />
                    ) : (
                      <Choice
                        key={option}
                        label={label}
                        value={String(optionOf(layer, option))}
                        of={control.of}
                        onChoose={set}
                      />
                    );
                  })}
                  <div class="row">
                    <button type="button" disabled={i === 0} onClick={() => move(i, i - 1)}>
                      {texts.up}
                    </button>
                    <button type="button" disabled={i === layers.length - 1} onClick={() => move(i, i + 1)}>
                      {texts.down}
                    </button>
                    <button
                      type="button"
                      disabled={layers.length === 1}
                      onClick={() => {
                        change(layers.filter((_, at) => at !== i));
                        open(undefined);
                      }}
                    >
                      {texts.remove}
                    </button>
                  </div>
                </div>
              )}
            </li>
          );
        })}
      </ol>
      <div class="row add-layer">
        <Choice
          label={texts.add}
          value={added}
          of={layerKinds.map(({ type }) => type)}
          nameOf={(type) => texts.kinds[type as keyof typeof texts.kinds] ?? type}
          onChoose={choose}
        />
        <button
          type="button"
          onClick={() => {
            const place = openLayer === undefined ? layers.length - 1 : openLayer + 1;
            const { type, config } = kindOf(added)!;
            change([...layers.slice(0, place), { type, config }, ...layers.slice(place)]);
            open(place);
          }}
        >
          {texts.addButton}
        </button>
      </div>
      <p class="sum">{summary && !error && texts.sum(count(summary.parameters), bytes(summary.memory))}</p>
      {error && error.layer >= layers.length && <Failure error={error} />}
      <Notices place="network" />
    </Panel>
  );
}

/** Why the network cannot be. */
function Failure({ error }: { error: NonNullable<NetworkSummary["error"]> }) {
  const { network: texts, failures } = say.value;
  const said: Message =
    "end" in error
      ? { message: texts.wrongEnd(error.end.join(" × "), error.outputs) }
      : failures.quoted === ""
        ? error
        : { message: failures.shapes, english: error.message };
  return (
    <p class="layer-error">
      <Said message={said.message} english={said.english} />
    </p>
  );
}

/** What tells a layer from another of its kind. */
function textOf({ config }: LayerSpec): string {
  const square = (value: unknown): string => (Array.isArray(value) ? value.join("×") : `${value}×${value}`);
  return [
    config.units,
    config.filters,
    config.kernelSize !== undefined && square(config.kernelSize),
    config.poolSize !== undefined && square(config.poolSize),
    config.rate,
    config.activation !== "linear" && config.activation,
  ]
    .filter((part) => part !== undefined && part !== false)
    .join(" ");
}

function moved(layers: readonly LayerSpec[], from: number, to: number): LayerSpec[] {
  const next = [...layers];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
