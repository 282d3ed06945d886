import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: inWorker()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/worker/functions/inWorker.md","filePath":"docs/api/anygrad/worker/functions/inWorker.md"}');
const _sfc_main = { name: "api/anygrad/worker/functions/inWorker.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/worker/">anygrad/worker</a> / inWorker</p><h1 id="function-inworker" tabindex="-1">Function: inWorker() <a class="header-anchor" href="#function-inworker" aria-label="Permalink to &quot;Function: inWorker()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> inWorker</span><span class="code-mark">&lt;</span><span>Outputs</span><span class="code-mark">&gt;(</span><span>model</span><span class="code-mark">,</span><span> options</span><span class="code-mark">?):</span><span> WorkerModel</span><span class="code-mark">&lt;</span><span>Outputs</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>The model in a worker of its own. One that is compiled takes weights and optimizer along; the model on the page stays as it is.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Type Parameter</th></tr></thead><tbody><tr><td><a id="type-parameter-outputs"></a> <code>Outputs</code> <em>extends</em> <a href="/api/anygrad/type-aliases/Predictions.html"><code>Predictions</code></a></td></tr></tbody></table><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>model</code></td><td><a href="/api/anygrad/interfaces/Model.html"><code>Model</code></a>&lt;<code>Outputs</code>&gt;</td></tr><tr><td><code>options?</code></td><td><a href="/api/anygrad/worker/interfaces/WorkerModelOptions.html"><code>WorkerModelOptions</code></a></td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/worker/interfaces/WorkerModel.html"><code>WorkerModel</code></a>&lt;<code>Outputs</code>&gt;</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError UNSUPPORTED for a model with layers, or options of layers, of your own: functions cannot be sent</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/worker/functions/inWorker.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const inWorker = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  inWorker as default
};
