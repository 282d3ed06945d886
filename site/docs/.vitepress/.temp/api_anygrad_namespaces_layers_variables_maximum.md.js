import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: maximum","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/layers/variables/maximum.md","filePath":"docs/api/anygrad/namespaces/layers/variables/maximum.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/layers/variables/maximum.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/layers/">layers</a> / maximum</p><h1 id="variable-maximum" tabindex="-1">Variable: maximum <a class="header-anchor" href="#variable-maximum" aria-label="Permalink to &quot;Variable: maximum&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">const</span><span> maximum</span><span class="code-mark">:</span><span> Merging</span><span class="code-mark">;</span></span></code></pre></div><p>The largest of each place; of equal ones the first takes the gradient.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/layers/variables/maximum.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const maximum = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  maximum as default
};
