import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Predictions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/Predictions.md","filePath":"docs/api/anygrad/type-aliases/Predictions.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/Predictions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Predictions</p><h1 id="type-alias-predictions" tabindex="-1">Type Alias: Predictions <a class="header-anchor" href="#type-alias-predictions" aria-label="Permalink to &quot;Type Alias: Predictions&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Predictions </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> Prediction</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-keyword"> readonly</span><span> Prediction</span><span class="code-mark">[]</span></span>
<span class="line"><span class="code-mark">|</span><span> Readonly</span><span class="code-mark">&lt;</span><span>Record</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">,</span><span> Prediction</span><span class="code-mark">&gt;&gt;;</span></span></code></pre></div><p>What <code>predict</code> gives: one prediction, or one for each of several outputs, as a list or by their names.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/Predictions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Predictions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Predictions as default
};
