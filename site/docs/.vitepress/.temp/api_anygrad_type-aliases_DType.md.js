import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: DType","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/DType.md","filePath":"docs/api/anygrad/type-aliases/DType.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/DType.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / DType</p><h1 id="type-alias-dtype" tabindex="-1">Type Alias: DType <a class="header-anchor" href="#type-alias-dtype" aria-label="Permalink to &quot;Type Alias: DType&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> DType </span><span class="code-mark">=</span><span class="code-string"> &quot;float32&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;int32&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;uint8&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>Type of a tensor&#39;s elements: &quot;float32&quot; for numbers, &quot;int32&quot; for labels and indices, &quot;uint8&quot; for raw pixels.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/DType.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const DType = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  DType as default
};
