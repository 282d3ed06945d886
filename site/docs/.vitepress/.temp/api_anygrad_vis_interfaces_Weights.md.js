import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: Weights","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/vis/interfaces/Weights.md","filePath":"docs/api/anygrad/vis/interfaces/Weights.md"}');
const _sfc_main = { name: "api/anygrad/vis/interfaces/Weights.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/vis/">anygrad/vis</a> / Weights</p><h1 id="interface-weights" tabindex="-1">Interface: Weights <a class="header-anchor" href="#interface-weights" aria-label="Permalink to &quot;Interface: Weights&quot;">​</a></h1><p>The weights of a layer, as <code>net.getWeights()</code> gives them.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="data" tabindex="-1">data <a class="header-anchor" href="#data" aria-label="Permalink to &quot;data&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly data</span><span class="code-mark">:</span><span> ArrayLike</span><span class="code-mark">&lt;</span><span>number</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>The numbers, row-major.</p><hr><h3 id="imageshape" tabindex="-1">imageShape? <a class="header-anchor" href="#imageshape" aria-label="Permalink to &quot;imageShape?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly imageShape</span><span class="code-mark">?:</span><span> readonly number</span><span class="code-mark">[];</span></span></code></pre></div><p>What the inputs of a dense layer are: <code>[height, width]</code> or <code>[height, width, channels]</code>.</p><hr><h3 id="shape" tabindex="-1">shape <a class="header-anchor" href="#shape" aria-label="Permalink to &quot;shape&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly shape</span><span class="code-mark">:</span><span> readonly number</span><span class="code-mark">[];</span></span></code></pre></div><p><code>[height, width, channels, filters]</code> of a convolution; <code>[inputs, units]</code> of a dense layer, with <code>imageShape</code>.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/vis/interfaces/Weights.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Weights = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Weights as default
};
