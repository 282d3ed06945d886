import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: lecunNormal","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/initializers/variables/lecunNormal.md","filePath":"docs/api/anygrad/namespaces/initializers/variables/lecunNormal.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/initializers/variables/lecunNormal.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/initializers/">initializers</a> / lecunNormal</p><h1 id="variable-lecunnormal" tabindex="-1">Variable: lecunNormal <a class="header-anchor" href="#variable-lecunnormal" aria-label="Permalink to &quot;Variable: lecunNormal&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">const</span><span> lecunNormal</span><span class="code-mark">:</span><span> Common</span><span class="code-mark">;</span></span></code></pre></div><p>Normal, of variance 1 / fanIn, cut at two deviations (LeCun et al., 1998).</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/initializers/variables/lecunNormal.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const lecunNormal = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  lecunNormal as default
};
