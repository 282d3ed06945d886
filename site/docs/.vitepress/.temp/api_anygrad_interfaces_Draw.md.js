import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: Draw","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/Draw.md","filePath":"docs/api/anygrad/interfaces/Draw.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/Draw.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Draw</p><h1 id="interface-draw" tabindex="-1">Interface: Draw <a class="header-anchor" href="#interface-draw" aria-label="Permalink to &quot;Interface: Draw&quot;">​</a></h1><p>Names a sequence of random numbers: the same three numbers give the same sequence on every runtime.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="seed" tabindex="-1">seed <a class="header-anchor" href="#seed" aria-label="Permalink to &quot;seed&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>seed</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Seed of a run, a whole number from 0 to 2⁵³ − 1.</p><hr><h3 id="step" tabindex="-1">step? <a class="header-anchor" href="#step" aria-label="Permalink to &quot;step?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>step</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Which repetition of that use it is, such as the training step: a whole number from 0 to 2⁵³ − 1. Default 0.</p><hr><h3 id="stream" tabindex="-1">stream? <a class="header-anchor" href="#stream" aria-label="Permalink to &quot;stream?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>stream</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Which use of randomness within the run it is, such as one dropout layer: a whole number from 0 to 2³² − 1. Default 0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/Draw.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Draw = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Draw as default
};
