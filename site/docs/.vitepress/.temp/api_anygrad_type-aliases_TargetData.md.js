import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: TargetData","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/TargetData.md","filePath":"docs/api/anygrad/type-aliases/TargetData.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/TargetData.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / TargetData</p><h1 id="type-alias-targetdata" tabindex="-1">Type Alias: TargetData <a class="header-anchor" href="#type-alias-targetdata" aria-label="Permalink to &quot;Type Alias: TargetData&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> TargetData </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> NestedValues</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-keyword"> readonly</span><span> string</span><span class="code-mark">[]</span></span>
<span class="line"><span class="code-mark">  |</span><span> NumberArray</span></span>
<span class="line"><span class="code-mark">  |</span><span> ShapedNumbers</span><span class="code-mark">;</span></span></code></pre></div><p>Class indices, names of classes, truth values, or numbers and rows of numbers to come near.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/TargetData.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const TargetData = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  TargetData as default
};
