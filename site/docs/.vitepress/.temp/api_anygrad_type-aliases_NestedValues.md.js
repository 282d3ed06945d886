import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: NestedValues","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/NestedValues.md","filePath":"docs/api/anygrad/type-aliases/NestedValues.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/NestedValues.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / NestedValues</p><h1 id="type-alias-nestedvalues" tabindex="-1">Type Alias: NestedValues <a class="header-anchor" href="#type-alias-nestedvalues" aria-label="Permalink to &quot;Type Alias: NestedValues&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> NestedValues </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-keyword"> readonly</span><span class="code-mark"> (</span><span>number </span><span class="code-mark">|</span><span> boolean</span><span class="code-mark">)[]</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-keyword"> readonly</span><span> NumberArray</span><span class="code-mark">[]</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-keyword"> readonly</span><span> NestedValues</span><span class="code-mark">[]</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-keyword"> readonly</span><span class="code-mark"> (</span><span class="code-keyword">readonly</span><span> NestedValues</span><span class="code-mark">[])[];</span></span></code></pre></div><p>Numbers and truth values in lists of lists, as deep as the shape has axes; a list of numbers may be a typed array.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/NestedValues.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const NestedValues = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  NestedValues as default
};
