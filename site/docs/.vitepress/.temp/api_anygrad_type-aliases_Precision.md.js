import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Precision","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/Precision.md","filePath":"docs/api/anygrad/type-aliases/Precision.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/Precision.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Precision</p><h1 id="type-alias-precision" tabindex="-1">Type Alias: Precision <a class="header-anchor" href="#type-alias-precision" aria-label="Permalink to &quot;Type Alias: Precision&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Precision </span><span class="code-mark">=</span><span class="code-string"> &quot;strict&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;fast&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>&quot;strict&quot;: results are the same bits on every runtime. &quot;fast&quot;: the relaxed build runs where the runtime has relaxed SIMD.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/Precision.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Precision = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Precision as default
};
