import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: gru","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/layers/variables/gru.md","filePath":"docs/api/anygrad/namespaces/layers/variables/gru.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/layers/variables/gru.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/layers/">layers</a> / gru</p><h1 id="variable-gru" tabindex="-1">Variable: gru <a class="header-anchor" href="#variable-gru" aria-label="Permalink to &quot;Variable: gru&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">const</span><span> gru</span><span class="code-mark">:</span><span> RecurrentMaker</span><span class="code-mark">&lt;</span><span>GruOptions</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>The gated recurrent unit (Cho et al., arXiv:1406.1078): [n, steps, features] gives the last h, [n, units], or with <code>returnSequences</code> all of them, [n, steps, units]. The gates are in Keras&#39;s order: update, reset, candidate.</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError INVALID_ARGUMENT</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/layers/variables/gru.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const gru = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  gru as default
};
