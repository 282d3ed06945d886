import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: GivenShape","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/GivenShape.md","filePath":"docs/api/anygrad/interfaces/GivenShape.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/GivenShape.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / GivenShape</p><h1 id="interface-givenshape" tabindex="-1">Interface: GivenShape <a class="header-anchor" href="#interface-givenshape" aria-label="Permalink to &quot;Interface: GivenShape&quot;">​</a></h1><p>Examples with their shape, <code>[n, …]</code>, which must be the model&#39;s; or <code>[n, numbers]</code> of all numbers of an example.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="normalization" tabindex="-1">normalization? <a class="header-anchor" href="#normalization" aria-label="Permalink to &quot;normalization?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly normalization</span><span class="code-mark">?:</span><span> Normalization</span><span class="code-mark">;</span></span></code></pre></div><p>How Uint8 values become floats, for a model that was trained without.</p><hr><h3 id="shape" tabindex="-1">shape <a class="header-anchor" href="#shape" aria-label="Permalink to &quot;shape&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly shape</span><span class="code-mark">:</span><span> readonly number</span><span class="code-mark">[];</span></span></code></pre></div><p>The size of each axis.</p><hr><h3 id="x" tabindex="-1">x <a class="header-anchor" href="#x" aria-label="Permalink to &quot;x&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly x</span><span class="code-mark">:</span><span> ExampleData</span><span class="code-mark">;</span></span></code></pre></div><p>The numbers, row-major.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/GivenShape.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const GivenShape = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  GivenShape as default
};
