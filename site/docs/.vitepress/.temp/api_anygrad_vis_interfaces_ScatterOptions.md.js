import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: ScatterOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/vis/interfaces/ScatterOptions.md","filePath":"docs/api/anygrad/vis/interfaces/ScatterOptions.md"}');
const _sfc_main = { name: "api/anygrad/vis/interfaces/ScatterOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/vis/">anygrad/vis</a> / ScatterOptions</p><h1 id="interface-scatteroptions" tabindex="-1">Interface: ScatterOptions <a class="header-anchor" href="#interface-scatteroptions" aria-label="Permalink to &quot;Interface: ScatterOptions&quot;">​</a></h1><p>Options of <code>scatter</code>.</p><h2 id="extends" tabindex="-1">Extends <a class="header-anchor" href="#extends" aria-label="Permalink to &quot;Extends&quot;">​</a></h2><ul><li><a href="/api/anygrad/vis/interfaces/ViewOptions.html"><code>ViewOptions</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="height" tabindex="-1">height? <a class="header-anchor" href="#height" aria-label="Permalink to &quot;height?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>height</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>In CSS pixels, without the legend; default 260.</p><hr><h3 id="title" tabindex="-1">title? <a class="header-anchor" href="#title" aria-label="Permalink to &quot;title?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>title</span><span class="code-mark">?:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>Stands above the figure, and is what screen readers call it; default: no heading.</p><h4 id="inherited-from" tabindex="-1">Inherited from <a class="header-anchor" href="#inherited-from" aria-label="Permalink to &quot;Inherited from&quot;">​</a></h4><p><a href="/api/anygrad/vis/interfaces/ViewOptions.html"><code>ViewOptions</code></a>.<a href="/api/anygrad/vis/interfaces/ViewOptions.html#title"><code>title</code></a></p><hr><h3 id="xname" tabindex="-1">xName? <a class="header-anchor" href="#xname" aria-label="Permalink to &quot;xName?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>xName</span><span class="code-mark">?:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>What stands along the axis below; default &quot;x&quot;.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/vis/interfaces/ScatterOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ScatterOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ScatterOptions as default
};
