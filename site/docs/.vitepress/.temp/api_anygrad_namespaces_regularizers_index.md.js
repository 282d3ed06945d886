import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"regularizers","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/regularizers/index.md","filePath":"docs/api/anygrad/namespaces/regularizers/index.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/regularizers/index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / regularizers</p><h1 id="regularizers" tabindex="-1">regularizers <a class="header-anchor" href="#regularizers" aria-label="Permalink to &quot;regularizers&quot;">​</a></h1><h2 id="functions" tabindex="-1">Functions <a class="header-anchor" href="#functions" aria-label="Permalink to &quot;Functions&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Function</th><th>Description</th></tr></thead><tbody><tr><td><a href="/api/anygrad/namespaces/regularizers/functions/l1l2.html">l1l2</a></td><td>The list of regularizers.</td></tr></tbody></table><h2 id="variables" tabindex="-1">Variables <a class="header-anchor" href="#variables" aria-label="Permalink to &quot;Variables&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Variable</th><th>Description</th></tr></thead><tbody><tr><td><a href="/api/anygrad/namespaces/regularizers/variables/l1.html">l1</a></td><td>l1 · Σ |w|. Default 0.01.</td></tr><tr><td><a href="/api/anygrad/namespaces/regularizers/variables/l2.html">l2</a></td><td>l2 · Σ w². Default 0.01.</td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/regularizers/index.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  index as default
};
