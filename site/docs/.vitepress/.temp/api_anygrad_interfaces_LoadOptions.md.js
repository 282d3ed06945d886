import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: LoadOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/LoadOptions.md","filePath":"docs/api/anygrad/interfaces/LoadOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/LoadOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / LoadOptions</p><h1 id="interface-loadoptions" tabindex="-1">Interface: LoadOptions <a class="header-anchor" href="#interface-loadoptions" aria-label="Permalink to &quot;Interface: LoadOptions&quot;">​</a></h1><p>Options of <a href="/api/anygrad/functions/load.html">load</a>.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="/api/anygrad/node/interfaces/LoadModelOptions.html"><code>LoadModelOptions</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="custom" tabindex="-1">custom? <a class="header-anchor" href="#custom" aria-label="Permalink to &quot;custom?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly custom</span><span class="code-mark">?:</span><span> Custom</span><span class="code-mark">;</span></span></code></pre></div><p>What is of your own in the model: a list of what <code>defineLayer</code> and its like gave. Losses and metrics without a definition, also functions of tensors, go by their names, <code>{ mine: (yTrue, yPred) =&gt; … }</code>, or in the list by their own. Layers and what they hold are needed at once; losses, metrics and optimizers to train and to evaluate. Default: none.</p><hr><h3 id="engine" tabindex="-1">engine? <a class="header-anchor" href="#engine" aria-label="Permalink to &quot;engine?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly engine</span><span class="code-mark">?:</span><span> Engine</span><span class="code-mark">;</span></span></code></pre></div><p>The engine that the model lives in. Default: one that all models share that are given none.</p><hr><h3 id="maxbytes" tabindex="-1">maxBytes? <a class="header-anchor" href="#maxbytes" aria-label="Permalink to &quot;maxBytes?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly maxBytes</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The most bytes that the file may have. Default 2³¹. What it takes in memory follows from it: layers want the weights that are there.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/LoadOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const LoadOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  LoadOptions as default
};
