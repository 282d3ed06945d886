import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: heNormal","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/initializers/variables/heNormal.md","filePath":"docs/api/anygrad/namespaces/initializers/variables/heNormal.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/initializers/variables/heNormal.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/initializers/">initializers</a> / heNormal</p><h1 id="variable-henormal" tabindex="-1">Variable: heNormal <a class="header-anchor" href="#variable-henormal" aria-label="Permalink to &quot;Variable: heNormal&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">const</span><span> heNormal</span><span class="code-mark">:</span><span> Common</span><span class="code-mark">;</span></span></code></pre></div><p>Normal, of variance 2 / fanIn, for relu, cut at two deviations (He et al., arXiv:1502.01852).</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/initializers/variables/heNormal.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const heNormal = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  heNormal as default
};
