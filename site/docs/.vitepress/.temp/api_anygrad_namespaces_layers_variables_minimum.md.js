import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: minimum","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/layers/variables/minimum.md","filePath":"docs/api/anygrad/namespaces/layers/variables/minimum.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/layers/variables/minimum.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/layers/">layers</a> / minimum</p><h1 id="variable-minimum" tabindex="-1">Variable: minimum <a class="header-anchor" href="#variable-minimum" aria-label="Permalink to &quot;Variable: minimum&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">const</span><span> minimum</span><span class="code-mark">:</span><span> Merging</span><span class="code-mark">;</span></span></code></pre></div><p>The smallest of each place; of equal ones the first takes the gradient.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/layers/variables/minimum.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const minimum = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  minimum as default
};
