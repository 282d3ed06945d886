import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: MeanIoUOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/MeanIoUOptions.md","filePath":"docs/api/anygrad/interfaces/MeanIoUOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/MeanIoUOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / MeanIoUOptions</p><h1 id="interface-meaniouoptions" tabindex="-1">Interface: MeanIoUOptions <a class="header-anchor" href="#interface-meaniouoptions" aria-label="Permalink to &quot;Interface: MeanIoUOptions&quot;">​</a></h1><p>The options of <a href="/api/anygrad/namespaces/metrics/functions/meanIoU.html">meanIoU</a> and <a href="/api/anygrad/namespaces/metrics/functions/oneHotMeanIoU.html">oneHotMeanIoU</a>.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="/api/anygrad/interfaces/IoUOptions.html"><code>IoUOptions</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="numclasses" tabindex="-1">numClasses? <a class="header-anchor" href="#numclasses" aria-label="Permalink to &quot;numClasses?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly numClasses</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>How many classes there are. Default: the columns of the output; needed where that is one column of class indices.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/MeanIoUOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MeanIoUOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MeanIoUOptions as default
};
