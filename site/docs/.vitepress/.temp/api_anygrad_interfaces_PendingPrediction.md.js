import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: PendingPrediction<Outputs>","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/PendingPrediction.md","filePath":"docs/api/anygrad/interfaces/PendingPrediction.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/PendingPrediction.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / PendingPrediction</p><h1 id="interface-pendingpredictionoutputs" tabindex="-1">Interface: PendingPrediction&lt;Outputs&gt; <a class="header-anchor" href="#interface-pendingpredictionoutputs" aria-label="Permalink to &quot;Interface: PendingPrediction\\&lt;Outputs\\&gt;&quot;">​</a></h1><p>A promise of a prediction, which can be told to print it.</p><h2 id="extends" tabindex="-1">Extends <a class="header-anchor" href="#extends" aria-label="Permalink to &quot;Extends&quot;">​</a></h2><ul><li><code>Promise</code>&lt;<code>Outputs</code>&gt;</li></ul><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Type Parameter</th><th>Default type</th></tr></thead><tbody><tr><td><a id="type-parameter-outputs"></a> <code>Outputs</code> <em>extends</em> <a href="/api/anygrad/type-aliases/Predictions.html"><code>Predictions</code></a></td><td><a href="/api/anygrad/interfaces/Prediction.html"><code>Prediction</code></a></td></tr></tbody></table><h2 id="methods" tabindex="-1">Methods <a class="header-anchor" href="#methods" aria-label="Permalink to &quot;Methods&quot;">​</a></h2><h3 id="print" tabindex="-1">print() <a class="header-anchor" href="#print" aria-label="Permalink to &quot;print()&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-name">print</span><span class="code-mark">()</span><span>: Promise</span><span class="code-mark">&lt;void&gt;;</span></span></code></pre></div><p>Prints the outputs as nested lists, when they are there.</p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>Promise</code>&lt;<code>void</code>&gt;</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/PendingPrediction.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const PendingPrediction = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  PendingPrediction as default
};
