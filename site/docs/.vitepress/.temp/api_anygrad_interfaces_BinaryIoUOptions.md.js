import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: BinaryIoUOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/BinaryIoUOptions.md","filePath":"docs/api/anygrad/interfaces/BinaryIoUOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/BinaryIoUOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / BinaryIoUOptions</p><h1 id="interface-binaryiouoptions" tabindex="-1">Interface: BinaryIoUOptions <a class="header-anchor" href="#interface-binaryiouoptions" aria-label="Permalink to &quot;Interface: BinaryIoUOptions&quot;">​</a></h1><p>The options of <a href="/api/anygrad/namespaces/metrics/functions/binaryIoU.html">binaryIoU</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="targetclassids" tabindex="-1">targetClassIds? <a class="header-anchor" href="#targetclassids" aria-label="Permalink to &quot;targetClassIds?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly targetClassIds</span><span class="code-mark">?:</span><span> readonly number</span><span class="code-mark">[];</span></span></code></pre></div><p>The classes whose mean it is, 0, 1 or both. Default [0, 1].</p><hr><h3 id="threshold" tabindex="-1">threshold? <a class="header-anchor" href="#threshold" aria-label="Permalink to &quot;threshold?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly threshold</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>A prediction from it on means yes. Default 0.5.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/BinaryIoUOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const BinaryIoUOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  BinaryIoUOptions as default
};
