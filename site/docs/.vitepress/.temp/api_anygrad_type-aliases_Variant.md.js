import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Variant","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/Variant.md","filePath":"docs/api/anygrad/type-aliases/Variant.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/Variant.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Variant</p><h1 id="type-alias-variant" tabindex="-1">Type Alias: Variant <a class="header-anchor" href="#type-alias-variant" aria-label="Permalink to &quot;Type Alias: Variant&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Variant </span><span class="code-mark">=</span><span class="code-string"> &quot;scalar&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;simd&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;relaxed&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>A build of the kernels. &quot;scalar&quot; runs wherever WebAssembly does; &quot;simd&quot; uses 128-bit vectors and gives the same bits; &quot;relaxed&quot; also fuses multiplications with additions, which is faster and rounds differently from one runtime to another.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/Variant.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Variant = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Variant as default
};
