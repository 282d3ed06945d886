import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: Histogram","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/vis/interfaces/Histogram.md","filePath":"docs/api/anygrad/vis/interfaces/Histogram.md"}');
const _sfc_main = { name: "api/anygrad/vis/interfaces/Histogram.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/vis/">anygrad/vis</a> / Histogram</p><h1 id="interface-histogram" tabindex="-1">Interface: Histogram <a class="header-anchor" href="#interface-histogram" aria-label="Permalink to &quot;Interface: Histogram&quot;">​</a></h1><p>Numbers in boxes.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="counts" tabindex="-1">counts <a class="header-anchor" href="#counts" aria-label="Permalink to &quot;counts&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly counts</span><span class="code-mark">:</span><span> ArrayLike</span><span class="code-mark">&lt;</span><span>number</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>How many numbers each box has.</p><hr><h3 id="edges" tabindex="-1">edges <a class="header-anchor" href="#edges" aria-label="Permalink to &quot;edges&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly edges</span><span class="code-mark">:</span><span> ArrayLike</span><span class="code-mark">&lt;</span><span>number</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>Where the boxes begin and the last ends: one more than counts, rising.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/vis/interfaces/Histogram.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Histogram = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Histogram as default
};
