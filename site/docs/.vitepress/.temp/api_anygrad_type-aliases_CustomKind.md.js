import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: CustomKind","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/CustomKind.md","filePath":"docs/api/anygrad/type-aliases/CustomKind.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/CustomKind.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / CustomKind</p><h1 id="type-alias-customkind" tabindex="-1">Type Alias: CustomKind <a class="header-anchor" href="#type-alias-customkind" aria-label="Permalink to &quot;Type Alias: CustomKind&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> CustomKind </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;layer&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;loss&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;metric&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;activation&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;initializer&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;regularizer&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;constraint&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;optimizer&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>What can be defined.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/CustomKind.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const CustomKind = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  CustomKind as default
};
