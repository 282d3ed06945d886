import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: KernelSource","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/KernelSource.md","filePath":"docs/api/anygrad/type-aliases/KernelSource.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/KernelSource.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / KernelSource</p><h1 id="type-alias-kernelsource" tabindex="-1">Type Alias: KernelSource <a class="header-anchor" href="#type-alias-kernelsource" aria-label="Permalink to &quot;Type Alias: KernelSource&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> KernelSource </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> KernelFile</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-mark"> {</span></span>
<span class="line"><span>  default</span><span class="code-mark">:</span><span> KernelFile</span><span class="code-mark">;</span></span>
<span class="line"><span class="code-mark">};</span></span></code></pre></div><p>One of anygrad/kernels/*.wasm: a compiled module, its bytes, the response of a fetch, or the module namespace that <code>import(&quot;anygrad/kernels/simd.wasm&quot;)</code> gives.</p><h2 id="union-members" tabindex="-1">Union Members <a class="header-anchor" href="#union-members" aria-label="Permalink to &quot;Union Members&quot;">​</a></h2><p><a href="/api/anygrad/type-aliases/KernelFile.html"><code>KernelFile</code></a></p><hr><h3 id="type-literal" tabindex="-1">Type Literal <a class="header-anchor" href="#type-literal" aria-label="Permalink to &quot;Type Literal&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-mark">{</span></span>
<span class="line"><span class="code-keyword">  default</span><span>: KernelFile</span><span class="code-mark">;</span></span>
<span class="line"><span class="code-mark">}</span></span></code></pre></div><h4 id="default" tabindex="-1">default <a class="header-anchor" href="#default" aria-label="Permalink to &quot;default&quot;">​</a></h4><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly </span><span class="code-keyword">default</span><span>: KernelFile</span><span class="code-mark">;</span></span></code></pre></div><p>What the file exports by default.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/KernelSource.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const KernelSource = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  KernelSource as default
};
