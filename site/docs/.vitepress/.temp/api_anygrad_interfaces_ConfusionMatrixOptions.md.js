import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: ConfusionMatrixOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/ConfusionMatrixOptions.md","filePath":"docs/api/anygrad/interfaces/ConfusionMatrixOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/ConfusionMatrixOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / ConfusionMatrixOptions</p><h1 id="interface-confusionmatrixoptions" tabindex="-1">Interface: ConfusionMatrixOptions <a class="header-anchor" href="#interface-confusionmatrixoptions" aria-label="Permalink to &quot;Interface: ConfusionMatrixOptions&quot;">​</a></h1><p>The options of <a href="/api/anygrad/classes/ConfusionMatrix.html">ConfusionMatrix</a>: the number of classes, their names, or both.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="classes" tabindex="-1">classes? <a class="header-anchor" href="#classes" aria-label="Permalink to &quot;classes?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly classes</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Default: the number of names.</p><hr><h3 id="classnames" tabindex="-1">classNames? <a class="header-anchor" href="#classnames" aria-label="Permalink to &quot;classNames?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly classNames</span><span class="code-mark">?:</span><span> readonly string</span><span class="code-mark">[];</span></span></code></pre></div><p>Default: &quot;0&quot;, &quot;1&quot;, …</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/ConfusionMatrixOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ConfusionMatrixOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ConfusionMatrixOptions as default
};
