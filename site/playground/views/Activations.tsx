/** What each layer makes of an example: maps of convolutions, bars of units. */
import type { Activation } from "../training/messages.ts";
import { Figure } from "./Figure.tsx";

export function Activations({ layers }: { layers: readonly Activation[] }) {
  return (
    <div class="activations">
      {layers.map((layer) => (
        <div key={`${layer.name} ${layer.shape}`}>
          <h3>
            <span translate={false}>{layer.name}</span>{" "}
            <span class="layer-shape">{layer.shape.join(" × ")}</span>
          </h3>
          {layer.shape.length === 3 ? (
            <Figure
              data={layer}
              make={(vis, parent, shown: Activation, spoken) =>
                vis.featureMaps(parent, shown, {
                  ...spoken,
                  size: Math.min(44, Math.max(20, 1.5 * layer.shape[0]!)),
                })
              }
            />
          ) : (
            <Figure
              data={{ data: layer.data, shape: rowsOf(layer.data.length) }}
              make={(vis, parent, shown: { data: Float32Array; shape: readonly number[] }, spoken) =>
                vis.heatmap(parent, shown, { ...spoken, cell: 14 })
              }
            />
          )}
        </div>
      ))}
    </div>
  );
}

/** Units as rows of a rectangle, where they fill one. */
function rowsOf(units: number): readonly number[] {
  for (let rows = Math.floor(Math.sqrt(units / 4)); rows > 1; rows--)
    if (units % rows === 0) return [rows, units / rows];
  return [1, units];
}
