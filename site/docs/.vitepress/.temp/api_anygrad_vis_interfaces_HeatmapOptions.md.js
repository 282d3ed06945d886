import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: HeatmapOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/vis/interfaces/HeatmapOptions.md","filePath":"docs/api/anygrad/vis/interfaces/HeatmapOptions.md"}');
const _sfc_main = { name: "api/anygrad/vis/interfaces/HeatmapOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/vis/">anygrad/vis</a> / HeatmapOptions</p><h1 id="interface-heatmapoptions" tabindex="-1">Interface: HeatmapOptions <a class="header-anchor" href="#interface-heatmapoptions" aria-label="Permalink to &quot;Interface: HeatmapOptions&quot;">​</a></h1><p>Options of <code>heatmap</code>.</p><h2 id="extends" tabindex="-1">Extends <a class="header-anchor" href="#extends" aria-label="Permalink to &quot;Extends&quot;">​</a></h2><ul><li><a href="/api/anygrad/vis/interfaces/ViewOptions.html"><code>ViewOptions</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="cell" tabindex="-1">cell? <a class="header-anchor" href="#cell" aria-label="Permalink to &quot;cell?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>cell</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Side of a cell in CSS pixels; default: as the page&#39;s width allows, from 2 to 24.</p><hr><h3 id="title" tabindex="-1">title? <a class="header-anchor" href="#title" aria-label="Permalink to &quot;title?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>title</span><span class="code-mark">?:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>Stands above the figure, and is what screen readers call it; default: no heading.</p><h4 id="inherited-from" tabindex="-1">Inherited from <a class="header-anchor" href="#inherited-from" aria-label="Permalink to &quot;Inherited from&quot;">​</a></h4><p><a href="/api/anygrad/vis/interfaces/ViewOptions.html"><code>ViewOptions</code></a>.<a href="/api/anygrad/vis/interfaces/ViewOptions.html#title"><code>title</code></a></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/vis/interfaces/HeatmapOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const HeatmapOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  HeatmapOptions as default
};
