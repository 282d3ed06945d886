import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Spectrum","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/type-aliases/Spectrum.md","filePath":"docs/api/anygrad/namespaces/ops/type-aliases/Spectrum.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/type-aliases/Spectrum.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / Spectrum</p><h1 id="type-alias-spectrum" tabindex="-1">Type Alias: Spectrum <a class="header-anchor" href="#type-alias-spectrum" aria-label="Permalink to &quot;Type Alias: Spectrum&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Spectrum </span><span class="code-mark">=</span><span class="code-mark"> [</span><span>real</span><span class="code-mark">:</span><span> Tensor</span><span class="code-mark">,</span><span> imaginary</span><span class="code-mark">:</span><span> Tensor</span><span class="code-mark">];</span></span></code></pre></div><p>Real and imaginary parts.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/type-aliases/Spectrum.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Spectrum = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Spectrum as default
};
