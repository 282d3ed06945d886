import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: ViewOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/vis/interfaces/ViewOptions.md","filePath":"docs/api/anygrad/vis/interfaces/ViewOptions.md"}');
const _sfc_main = { name: "api/anygrad/vis/interfaces/ViewOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/vis/">anygrad/vis</a> / ViewOptions</p><h1 id="interface-viewoptions" tabindex="-1">Interface: ViewOptions <a class="header-anchor" href="#interface-viewoptions" aria-label="Permalink to &quot;Interface: ViewOptions&quot;">​</a></h1><p>What can be said of every view.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="/api/anygrad/vis/interfaces/BarOptions.html"><code>BarOptions</code></a></li><li><a href="/api/anygrad/vis/interfaces/CurvesOptions.html"><code>CurvesOptions</code></a></li><li><a href="/api/anygrad/vis/interfaces/ScatterOptions.html"><code>ScatterOptions</code></a></li><li><a href="/api/anygrad/vis/interfaces/DecisionSurfaceOptions.html"><code>DecisionSurfaceOptions</code></a></li><li><a href="/api/anygrad/vis/interfaces/HeatmapOptions.html"><code>HeatmapOptions</code></a></li><li><a href="/api/anygrad/vis/interfaces/ImageGridOptions.html"><code>ImageGridOptions</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="title" tabindex="-1">title? <a class="header-anchor" href="#title" aria-label="Permalink to &quot;title?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>title</span><span class="code-mark">?:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>Stands above the figure, and is what screen readers call it; default: no heading.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/vis/interfaces/ViewOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ViewOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ViewOptions as default
};
