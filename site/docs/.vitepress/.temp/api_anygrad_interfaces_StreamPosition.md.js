import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: StreamPosition","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/StreamPosition.md","filePath":"docs/api/anygrad/interfaces/StreamPosition.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/StreamPosition.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / StreamPosition</p><h1 id="interface-streamposition" tabindex="-1">Interface: StreamPosition <a class="header-anchor" href="#interface-streamposition" aria-label="Permalink to &quot;Interface: StreamPosition&quot;">​</a></h1><p>Where an epoch is to begin, counted from 0.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="epoch" tabindex="-1">epoch <a class="header-anchor" href="#epoch" aria-label="Permalink to &quot;epoch&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly epoch</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The epoch.</p><hr><h3 id="step" tabindex="-1">step <a class="header-anchor" href="#step" aria-label="Permalink to &quot;step&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly step</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Its first batch: 0, but where a run goes on in the middle of an epoch. Who reads it begins there; for others it is skipped to.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/StreamPosition.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const StreamPosition = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  StreamPosition as default
};
