import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: average","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/layers/variables/average.md","filePath":"docs/api/anygrad/namespaces/layers/variables/average.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/layers/variables/average.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/layers/">layers</a> / average</p><h1 id="variable-average" tabindex="-1">Variable: average <a class="header-anchor" href="#variable-average" aria-label="Permalink to &quot;Variable: average&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">const</span><span> average</span><span class="code-mark">:</span><span> Merging</span><span class="code-mark">;</span></span></code></pre></div><p>The mean, element by element.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/layers/variables/average.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const average = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  average as default
};
