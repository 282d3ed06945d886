import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: MeanOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/MeanOptions.md","filePath":"docs/api/anygrad/interfaces/MeanOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/MeanOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / MeanOptions</p><h1 id="interface-meanoptions" tabindex="-1">Interface: MeanOptions <a class="header-anchor" href="#interface-meanoptions" aria-label="Permalink to &quot;Interface: MeanOptions&quot;">​</a></h1><p>The options of <a href="/api/anygrad/functions/mean.html">mean</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="name" tabindex="-1">name <a class="header-anchor" href="#name" aria-label="Permalink to &quot;name&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly name</span><span class="code-mark">:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>The key in logs and history.</p><hr><h3 id="of" tabindex="-1">of <a class="header-anchor" href="#of" aria-label="Permalink to &quot;of&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly of</span><span class="code-mark">:</span><span> RowValue</span><span class="code-mark">;</span></span></code></pre></div><p>The value of one row.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/MeanOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MeanOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MeanOptions as default
};
