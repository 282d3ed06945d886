/** How a run is made again, and of what its report was made: the end of every report of a run. */
import type { RunJson } from "../../runs/schema.ts";
import { type Html, html } from "../html/html.ts";
import type { Section } from "../html/page.ts";

/** The command, where one repeats the run, and what names its result. */
export function repeatSection({ command, engine, digest }: RunJson): Section {
  const weights = html`<p>SHA-256 of the weights:</p>
<pre><code>${digest}</code></pre>`;
  if (command === "") return { id: "weights", title: "Weights", body: weights };
  return {
    id: "repeat",
    title: "Repeat it",
    body: html`<p>${
      engine.precision === "fast"
        ? "This command trains the same network; as it was not in strict precision, weights differ a little between machines:"
        : "This command trains the same network, on any machine, to the same weights:"
    }</p>
<pre><code>${command}</code></pre>
${weights}`,
  };
}

export function footerOf({ anygrad, command }: RunJson, withFiles: boolean): Html {
  return html`Made by anygrad ${anygrad} from ${command === "" ? "a run from code" : "the run's own files"}. The page needs no network and runs no script${withFiles && html`; its figures are in <code>figures/</code> as SVG and PNG`}.`;
}
