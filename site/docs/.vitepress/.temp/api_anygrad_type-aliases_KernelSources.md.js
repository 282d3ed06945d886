import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: KernelSources","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/KernelSources.md","filePath":"docs/api/anygrad/type-aliases/KernelSources.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/KernelSources.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / KernelSources</p><h1 id="type-alias-kernelsources" tabindex="-1">Type Alias: KernelSources <a class="header-anchor" href="#type-alias-kernelsources" aria-label="Permalink to &quot;Type Alias: KernelSources&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> KernelSources </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> KernelSource</span></span>
<span class="line"><span class="code-mark">  |</span><span> PromiseLike</span><span class="code-mark">&lt;</span><span>KernelSource</span><span class="code-mark">&gt;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-keyword"> readonly</span><span class="code-mark"> (</span></span>
<span class="line"><span class="code-mark">  |</span><span> KernelSource</span></span>
<span class="line"><span class="code-mark">  |</span><span> PromiseLike</span><span class="code-mark">&lt;</span><span>KernelSource</span><span class="code-mark">&gt;)[];</span></span></code></pre></div><p>The core alone, or with families beside it: <code>[simd, arrays]</code> of simd.wasm and arrays-simd.wasm, in any order.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/KernelSources.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const KernelSources = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  KernelSources as default
};
