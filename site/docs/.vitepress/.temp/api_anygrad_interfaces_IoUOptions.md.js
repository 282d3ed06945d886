import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: IoUOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/IoUOptions.md","filePath":"docs/api/anygrad/interfaces/IoUOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/IoUOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / IoUOptions</p><h1 id="interface-iouoptions" tabindex="-1">Interface: IoUOptions <a class="header-anchor" href="#interface-iouoptions" aria-label="Permalink to &quot;Interface: IoUOptions&quot;">​</a></h1><p>The options of <a href="/api/anygrad/namespaces/metrics/functions/iou.html">iou</a> and <a href="/api/anygrad/namespaces/metrics/functions/oneHotIoU.html">oneHotIoU</a>.</p><h2 id="extends" tabindex="-1">Extends <a class="header-anchor" href="#extends" aria-label="Permalink to &quot;Extends&quot;">​</a></h2><ul><li><a href="/api/anygrad/interfaces/MeanIoUOptions.html"><code>MeanIoUOptions</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="numclasses" tabindex="-1">numClasses? <a class="header-anchor" href="#numclasses" aria-label="Permalink to &quot;numClasses?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly numClasses</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>How many classes there are. Default: the columns of the output; needed where that is one column of class indices.</p><h4 id="inherited-from" tabindex="-1">Inherited from <a class="header-anchor" href="#inherited-from" aria-label="Permalink to &quot;Inherited from&quot;">​</a></h4><p><a href="/api/anygrad/interfaces/MeanIoUOptions.html"><code>MeanIoUOptions</code></a>.<a href="/api/anygrad/interfaces/MeanIoUOptions.html#numclasses"><code>numClasses</code></a></p><hr><h3 id="targetclassids" tabindex="-1">targetClassIds? <a class="header-anchor" href="#targetclassids" aria-label="Permalink to &quot;targetClassIds?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly targetClassIds</span><span class="code-mark">?:</span><span> readonly number</span><span class="code-mark">[];</span></span></code></pre></div><p>The classes whose mean it is. Default: all.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/IoUOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const IoUOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  IoUOptions as default
};
