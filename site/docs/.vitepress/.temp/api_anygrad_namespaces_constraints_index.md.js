import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"constraints","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/constraints/index.md","filePath":"docs/api/anygrad/namespaces/constraints/index.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/constraints/index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / constraints</p><h1 id="constraints" tabindex="-1">constraints <a class="header-anchor" href="#constraints" aria-label="Permalink to &quot;constraints&quot;">​</a></h1><h2 id="functions" tabindex="-1">Functions <a class="header-anchor" href="#functions" aria-label="Permalink to &quot;Functions&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Function</th><th>Description</th></tr></thead><tbody><tr><td><a href="/api/anygrad/namespaces/constraints/functions/maxNorm.html">maxNorm</a></td><td>Norms above maxValue, default 2, are scaled down to it (Srivastava et al., 2014).</td></tr><tr><td><a href="/api/anygrad/namespaces/constraints/functions/minMaxNorm.html">minMaxNorm</a></td><td>Norms are brought towards minValue … maxValue, default 0 … 1, by the share <code>rate</code>, default 1: all the way.</td></tr><tr><td><a href="/api/anygrad/namespaces/constraints/functions/nonNeg.html">nonNeg</a></td><td>Negative numbers become 0.</td></tr><tr><td><a href="/api/anygrad/namespaces/constraints/functions/unitNorm.html">unitNorm</a></td><td>All norms become 1.</td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/constraints/index.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  index as default
};
