import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: DrawOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/interfaces/DrawOptions.md","filePath":"docs/api/anygrad/namespaces/ops/interfaces/DrawOptions.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/interfaces/DrawOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / DrawOptions</p><h1 id="interface-drawoptions" tabindex="-1">Interface: DrawOptions <a class="header-anchor" href="#interface-drawoptions" aria-label="Permalink to &quot;Interface: DrawOptions&quot;">​</a></h1><p>Which random numbers: the same seed, stream and step give the same ones everywhere. Without a seed they are the engine&#39;s own: each draw has others, and an engine that is made anew repeats them in their order.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="/api/anygrad/namespaces/ops/interfaces/NormalOptions.html"><code>NormalOptions</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="seed" tabindex="-1">seed? <a class="header-anchor" href="#seed" aria-label="Permalink to &quot;seed?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>seed</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>A whole number from 0 to 2⁵³ − 1. Default: the engine&#39;s own.</p><hr><h3 id="step" tabindex="-1">step? <a class="header-anchor" href="#step" aria-label="Permalink to &quot;step?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>step</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Which repetition of that use it is, such as the training step: a whole number from 0 to 2⁵³ − 1. Default 0.</p><hr><h3 id="stream" tabindex="-1">stream? <a class="header-anchor" href="#stream" aria-label="Permalink to &quot;stream?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>stream</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Which use of randomness it is: a whole number from 0 to 2³² − 1. Default 0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/interfaces/DrawOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const DrawOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  DrawOptions as default
};
