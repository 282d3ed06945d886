import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: GivenArray","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/npz/interfaces/GivenArray.md","filePath":"docs/api/anygrad/npz/interfaces/GivenArray.md"}');
const _sfc_main = { name: "api/anygrad/npz/interfaces/GivenArray.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/npz/">anygrad/npz</a> / GivenArray</p><h1 id="interface-givenarray" tabindex="-1">Interface: GivenArray <a class="header-anchor" href="#interface-givenarray" aria-label="Permalink to &quot;Interface: GivenArray&quot;">​</a></h1><p>An array to be written: what a <code>Prediction</code>, a weight of <code>net.getWeights()</code> and an array of a file have.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="data" tabindex="-1">data <a class="header-anchor" href="#data" aria-label="Permalink to &quot;data&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly data</span><span class="code-mark">:</span><span> Elements</span><span class="code-mark">;</span></span></code></pre></div><p>The numbers, row-major.</p><hr><h3 id="dtype" tabindex="-1">dtype? <a class="header-anchor" href="#dtype" aria-label="Permalink to &quot;dtype?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly dtype</span><span class="code-mark">?:</span><span> ElementType</span><span class="code-mark">;</span></span></code></pre></div><p>Their type in the file. Default: that of the numbers.</p><hr><h3 id="shape" tabindex="-1">shape <a class="header-anchor" href="#shape" aria-label="Permalink to &quot;shape&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly shape</span><span class="code-mark">:</span><span> readonly number</span><span class="code-mark">[];</span></span></code></pre></div><p>The size of each axis, outermost first.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/npz/interfaces/GivenArray.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const GivenArray = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  GivenArray as default
};
