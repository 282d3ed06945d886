import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Asked","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/Asked.md","filePath":"docs/api/anygrad/type-aliases/Asked.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/Asked.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Asked</p><h1 id="type-alias-asked" tabindex="-1">Type Alias: Asked <a class="header-anchor" href="#type-alias-asked" aria-label="Permalink to &quot;Type Alias: Asked&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Asked </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> NumberConstructor</span></span>
<span class="line"><span class="code-mark">  |</span><span> StringConstructor</span></span>
<span class="line"><span class="code-mark">  |</span><span> BooleanConstructor</span></span>
<span class="line"><span class="code-mark">  |</span><span> ArrayConstructor</span></span>
<span class="line"><span class="code-mark">  |</span><span> ObjectConstructor</span><span class="code-mark">;</span></span></code></pre></div><p>What a table of options has in place of a default, for one that must be given.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/Asked.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Asked = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Asked as default
};
