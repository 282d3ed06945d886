import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Fan","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/Fan.md","filePath":"docs/api/anygrad/type-aliases/Fan.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/Fan.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Fan</p><h1 id="type-alias-fan" tabindex="-1">Type Alias: Fan <a class="header-anchor" href="#type-alias-fan" aria-label="Permalink to &quot;Type Alias: Fan&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Fan </span><span class="code-mark">=</span><span class="code-string"> &quot;fanIn&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;fanOut&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;fanAvg&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>What the variance is divided by: the inputs of a unit, its outputs, or their mean.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/Fan.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Fan = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Fan as default
};
