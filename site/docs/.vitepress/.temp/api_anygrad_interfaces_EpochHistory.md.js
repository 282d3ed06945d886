import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: EpochHistory","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/EpochHistory.md","filePath":"docs/api/anygrad/interfaces/EpochHistory.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/EpochHistory.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / EpochHistory</p><h1 id="interface-epochhistory" tabindex="-1">Interface: EpochHistory <a class="header-anchor" href="#interface-epochhistory" aria-label="Permalink to &quot;Interface: EpochHistory&quot;">​</a></h1><p>A list of numbers for every log: loss, accuracy, val_loss, val_accuracy, seconds, learningRate …</p><h2 id="indexable" tabindex="-1">Indexable <a class="header-anchor" href="#indexable" aria-label="Permalink to &quot;Indexable&quot;">​</a></h2><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-mark">[</span><span>log: string</span><span class="code-mark">]</span><span>: number</span><span class="code-mark">[]</span></span></code></pre></div><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="learningrate" tabindex="-1">learningRate <a class="header-anchor" href="#learningrate" aria-label="Permalink to &quot;learningRate&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>learningRate</span><span class="code-mark">:</span><span> number</span><span class="code-mark">[];</span></span></code></pre></div><p>The rate of the epoch&#39;s last step.</p><hr><h3 id="loss" tabindex="-1">loss <a class="header-anchor" href="#loss" aria-label="Permalink to &quot;loss&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>loss</span><span class="code-mark">:</span><span> number</span><span class="code-mark">[];</span></span></code></pre></div><p>Mean over the epoch&#39;s examples as they were trained on, each before its step&#39;s update; with weights and penalties.</p><hr><h3 id="seconds" tabindex="-1">seconds <a class="header-anchor" href="#seconds" aria-label="Permalink to &quot;seconds&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>seconds</span><span class="code-mark">:</span><span> number</span><span class="code-mark">[];</span></span></code></pre></div><p>Wall time of each epoch&#39;s training, without validation; NaN of the epochs before a model was loaded.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/EpochHistory.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const EpochHistory = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  EpochHistory as default
};
