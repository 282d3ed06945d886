import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: writeReport()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/node/functions/writeReport.md","filePath":"docs/api/anygrad/node/functions/writeReport.md"}');
const _sfc_main = { name: "api/anygrad/node/functions/writeReport.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/node/">anygrad/node</a> / writeReport</p><h1 id="function-writereport" tabindex="-1">Function: writeReport() <a class="header-anchor" href="#function-writereport" aria-label="Permalink to &quot;Function: writeReport()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> writeReport</span><span class="code-mark">(</span></span>
<span class="line"><span>   net</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   history</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   test</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   folder</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   options</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Promise</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">[]&gt;;</span></span></code></pre></div><p>Writes the report of a run into a folder: report.html, its figures as SVG and PNG, history.csv, the model, its network and run.json, by which <code>anygrad evaluate</code> and <code>predict</code> take the folder. Where classes are told apart or one number is predicted, also predictions.csv: <code>anygrad report</code> and <code>compare --runs</code> then take it, too. Of several outputs each has such a table, predictions-NAME.csv, and its part of the report.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>net</code></td><td><a href="/api/anygrad/interfaces/Model.html"><code>Model</code></a>&lt;<a href="/api/anygrad/type-aliases/Predictions.html"><code>Predictions</code></a>&gt;</td><td>the trained model</td></tr><tr><td><code>history</code></td><td><a href="/api/anygrad/type-aliases/History.html"><code>History</code></a></td><td>what <code>net.fit()</code> gave</td></tr><tr><td><code>test</code></td><td>| <a href="/api/anygrad/interfaces/Dataset.html"><code>Dataset</code></a> | <a href="/api/anygrad/interfaces/SeveralSet.html"><code>SeveralSet</code></a></td><td>examples that it was not trained on; of several inputs or outputs also <code>{ x, y }</code> by their names</td></tr><tr><td><code>folder</code></td><td><code>string</code></td><td>is made where it is missing</td></tr><tr><td><code>options?</code></td><td><a href="/api/anygrad/node/interfaces/ReportOptions.html"><code>ReportOptions</code></a></td><td>-</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Promise</code>&lt;<code>string</code>[]&gt;</p><p>the names of the files</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError OUTPUT where the folder cannot be written; INVALID_ARGUMENT, NOT_READY, SHAPE_MISMATCH, DATA_FORMAT</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/node/functions/writeReport.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const writeReport = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  writeReport as default
};
