import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: LearningRateFinderOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/LearningRateFinderOptions.md","filePath":"docs/api/anygrad/interfaces/LearningRateFinderOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/LearningRateFinderOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / LearningRateFinderOptions</p><h1 id="interface-learningratefinderoptions" tabindex="-1">Interface: LearningRateFinderOptions <a class="header-anchor" href="#interface-learningratefinderoptions" aria-label="Permalink to &quot;Interface: LearningRateFinderOptions&quot;">​</a></h1><p>The options of <a href="/api/anygrad/namespaces/callbacks/functions/learningRateFinder.html">learningRateFinder</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="from" tabindex="-1">from? <a class="header-anchor" href="#from" aria-label="Permalink to &quot;from?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly from</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The rate of the first step. Default 1e-6.</p><hr><h3 id="steps" tabindex="-1">steps? <a class="header-anchor" href="#steps" aria-label="Permalink to &quot;steps?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly steps</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>How many steps there are in between, a factor each. Default 100.</p><hr><h3 id="stopfactor" tabindex="-1">stopFactor? <a class="header-anchor" href="#stopfactor" aria-label="Permalink to &quot;stopFactor?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly stopFactor</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The run ends where the smoothed loss is this many times its least. Default 4.</p><hr><h3 id="to" tabindex="-1">to? <a class="header-anchor" href="#to" aria-label="Permalink to &quot;to?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly to</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The rate of the last step. Default 1.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/LearningRateFinderOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const LearningRateFinderOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  LearningRateFinderOptions as default
};
