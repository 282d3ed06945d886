import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: AdaptData","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/AdaptData.md","filePath":"docs/api/anygrad/interfaces/AdaptData.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/AdaptData.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / AdaptData</p><h1 id="interface-adaptdata" tabindex="-1">Interface: AdaptData <a class="header-anchor" href="#interface-adaptdata" aria-label="Permalink to &quot;Interface: AdaptData&quot;">​</a></h1><p>Numbers by rows: typed arrays or lists with the shape of all of them, the batch in front.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="shape" tabindex="-1">shape? <a class="header-anchor" href="#shape" aria-label="Permalink to &quot;shape?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly shape</span><span class="code-mark">?:</span><span> Shape</span><span class="code-mark">;</span></span></code></pre></div><p>[n, ...example].</p><hr><h3 id="x" tabindex="-1">x <a class="header-anchor" href="#x" aria-label="Permalink to &quot;x&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly x</span><span class="code-mark">:</span><span> ArrayLike</span><span class="code-mark">&lt;</span><span>number</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>All numbers, row-major.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/AdaptData.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const AdaptData = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  AdaptData as default
};
