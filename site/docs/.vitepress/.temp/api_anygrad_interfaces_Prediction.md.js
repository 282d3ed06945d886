import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: Prediction","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/Prediction.md","filePath":"docs/api/anygrad/interfaces/Prediction.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/Prediction.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Prediction</p><h1 id="interface-prediction" tabindex="-1">Interface: Prediction <a class="header-anchor" href="#interface-prediction" aria-label="Permalink to &quot;Interface: Prediction&quot;">​</a></h1><p>Numbers in a shape.</p><h2 id="methods" tabindex="-1">Methods <a class="header-anchor" href="#methods" aria-label="Permalink to &quot;Methods&quot;">​</a></h2><h3 id="print" tabindex="-1">print()? <a class="header-anchor" href="#print" aria-label="Permalink to &quot;print()?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>print</span><span class="code-mark">?():</span><span> void;</span></span></code></pre></div><p>Prints the outputs as nested lists; of a prediction from <code>predict</code>.</p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>void</code></p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="data" tabindex="-1">data <a class="header-anchor" href="#data" aria-label="Permalink to &quot;data&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>data</span><span class="code-mark">:</span><span> Float32Array</span><span class="code-mark">;</span></span></code></pre></div><p>The outputs, row-major.</p><hr><h3 id="shape" tabindex="-1">shape <a class="header-anchor" href="#shape" aria-label="Permalink to &quot;shape&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>shape</span><span class="code-mark">:</span><span> number</span><span class="code-mark">[];</span></span></code></pre></div><p>[n, ...outputs]</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/Prediction.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Prediction = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Prediction as default
};
