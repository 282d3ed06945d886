import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: AucOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/AucOptions.md","filePath":"docs/api/anygrad/interfaces/AucOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/AucOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / AucOptions</p><h1 id="interface-aucoptions" tabindex="-1">Interface: AucOptions <a class="header-anchor" href="#interface-aucoptions" aria-label="Permalink to &quot;Interface: AucOptions&quot;">​</a></h1><p>The options of <a href="/api/anygrad/namespaces/metrics/functions/auc.html">auc</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="curve" tabindex="-1">curve? <a class="header-anchor" href="#curve" aria-label="Permalink to &quot;curve?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly curve</span><span class="code-mark">?:</span><span class="code-string"> &quot;ROC&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;PR&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>&quot;ROC&quot; (default), or &quot;PR&quot;, precision over recall, logged as <code>prAuc</code>.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/AucOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const AucOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  AucOptions as default
};
