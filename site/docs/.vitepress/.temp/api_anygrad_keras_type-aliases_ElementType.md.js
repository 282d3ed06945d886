import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: ElementType","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/keras/type-aliases/ElementType.md","filePath":"docs/api/anygrad/keras/type-aliases/ElementType.md"}');
const _sfc_main = { name: "api/anygrad/keras/type-aliases/ElementType.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/keras/">anygrad/keras</a> / ElementType</p><h1 id="type-alias-elementtype" tabindex="-1">Type Alias: ElementType <a class="header-anchor" href="#type-alias-elementtype" aria-label="Permalink to &quot;Type Alias: ElementType&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> ElementType </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;float16&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;bfloat16&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;float32&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;float64&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;int8&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;uint8&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;int16&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;uint16&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;int32&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;uint32&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;int64&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;uint64&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;bool&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>A type of numbers in a file.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/keras/type-aliases/ElementType.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ElementType = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ElementType as default
};
