import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: MetricNaming","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/MetricNaming.md","filePath":"docs/api/anygrad/interfaces/MetricNaming.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/MetricNaming.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / MetricNaming</p><h1 id="interface-metricnaming" tabindex="-1">Interface: MetricNaming <a class="header-anchor" href="#interface-metricnaming" aria-label="Permalink to &quot;Interface: MetricNaming&quot;">​</a></h1><p>What a metric of one&#39;s own takes besides its options.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="name" tabindex="-1">name? <a class="header-anchor" href="#name" aria-label="Permalink to &quot;name?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>name</span><span class="code-mark">?:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>The name under which it is logged. Default: that of the definition.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/MetricNaming.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MetricNaming = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MetricNaming as default
};
