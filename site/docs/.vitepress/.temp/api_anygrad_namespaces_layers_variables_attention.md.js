import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: attention","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/layers/variables/attention.md","filePath":"docs/api/anygrad/namespaces/layers/variables/attention.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/layers/variables/attention.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/layers/">layers</a> / attention</p><h1 id="variable-attention" tabindex="-1">Variable: attention <a class="header-anchor" href="#variable-attention" aria-label="Permalink to &quot;Variable: attention&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">const</span><span> attention</span><span class="code-mark">:</span><span> Merging</span><span class="code-mark">&lt;</span><span>AttentionOptions</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>Dot-product attention (Luong et al., arXiv:1508.04025) of [query, value] or [query, value, key], all [n, steps, features]: softmax of query · keyᵀ weighs the values. Of one tensor it is all three. Values whose steps are masked are not seen, and queries whose are give 0; the mask of the queries is handed on.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/layers/variables/attention.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const attention = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  attention as default
};
