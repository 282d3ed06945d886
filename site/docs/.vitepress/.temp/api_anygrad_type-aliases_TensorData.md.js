import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: TensorData","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/TensorData.md","filePath":"docs/api/anygrad/type-aliases/TensorData.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/TensorData.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / TensorData</p><h1 id="type-alias-tensordata" tabindex="-1">Type Alias: TensorData <a class="header-anchor" href="#type-alias-tensordata" aria-label="Permalink to &quot;Type Alias: TensorData&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> TensorData </span><span class="code-mark">=</span><span> NestedNumbers </span><span class="code-mark">|</span><span> ArrayLike</span><span class="code-mark">&lt;</span><span>number</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>Numbers for a tensor: one number for a scalar; nested arrays, whose nesting is the shape; or a flat or typed array of all elements, row-major, with the shape as the next argument.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/TensorData.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const TensorData = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  TensorData as default
};
