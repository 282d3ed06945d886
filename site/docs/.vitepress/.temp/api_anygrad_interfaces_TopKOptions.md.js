import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: TopKOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/TopKOptions.md","filePath":"docs/api/anygrad/interfaces/TopKOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/TopKOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / TopKOptions</p><h1 id="interface-topkoptions" tabindex="-1">Interface: TopKOptions <a class="header-anchor" href="#interface-topkoptions" aria-label="Permalink to &quot;Interface: TopKOptions&quot;">​</a></h1><p>The options of <a href="/api/anygrad/namespaces/metrics/functions/topK.html">topK</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="k" tabindex="-1">k? <a class="header-anchor" href="#k" aria-label="Permalink to &quot;k?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly k</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>How many of the best columns may hold the true class. Default 5.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/TopKOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const TopKOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  TopKOptions as default
};
