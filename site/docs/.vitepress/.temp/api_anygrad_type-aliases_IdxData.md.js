import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: IdxData","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/IdxData.md","filePath":"docs/api/anygrad/type-aliases/IdxData.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/IdxData.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / IdxData</p><h1 id="type-alias-idxdata" tabindex="-1">Type Alias: IdxData <a class="header-anchor" href="#type-alias-idxdata" aria-label="Permalink to &quot;Type Alias: IdxData&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> IdxData </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> Uint8Array</span></span>
<span class="line"><span class="code-mark">  |</span><span> Int8Array</span></span>
<span class="line"><span class="code-mark">  |</span><span> Int16Array</span></span>
<span class="line"><span class="code-mark">  |</span><span> Int32Array</span></span>
<span class="line"><span class="code-mark">  |</span><span> Float32Array</span></span>
<span class="line"><span class="code-mark">  |</span><span> Float64Array</span><span class="code-mark">;</span></span></code></pre></div><p>The values of an IDX file, as the type that its header names.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/IdxData.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const IdxData = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  IdxData as default
};
