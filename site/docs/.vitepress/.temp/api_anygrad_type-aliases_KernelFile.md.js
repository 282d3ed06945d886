import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: KernelFile","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/KernelFile.md","filePath":"docs/api/anygrad/type-aliases/KernelFile.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/KernelFile.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / KernelFile</p><h1 id="type-alias-kernelfile" tabindex="-1">Type Alias: KernelFile <a class="header-anchor" href="#type-alias-kernelfile" aria-label="Permalink to &quot;Type Alias: KernelFile&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> KernelFile </span><span class="code-mark">=</span><span> WebAssembly</span><span class="code-mark">.</span><span>Module </span><span class="code-mark">|</span><span> BufferSource </span><span class="code-mark">|</span><span> Response</span><span class="code-mark">;</span></span></code></pre></div><p>One of anygrad/kernels/*.wasm: a compiled module, its bytes, or the response of a fetch.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/KernelFile.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const KernelFile = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  KernelFile as default
};
