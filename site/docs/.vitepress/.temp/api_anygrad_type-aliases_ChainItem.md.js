import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: ChainItem","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/ChainItem.md","filePath":"docs/api/anygrad/type-aliases/ChainItem.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/ChainItem.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / ChainItem</p><h1 id="type-alias-chainitem" tabindex="-1">Type Alias: ChainItem <a class="header-anchor" href="#type-alias-chainitem" aria-label="Permalink to &quot;Type Alias: ChainItem&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> ChainItem </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> Layer</span></span>
<span class="line"><span class="code-mark">  |</span><span> Model</span></span>
<span class="line"><span class="code-mark">  |</span><span> SymbolicTensor</span><span class="code-mark">;</span></span></code></pre></div><p>What a chain is made of: layers, other models of one input and output, and at its beginning what <code>input</code> gave.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/ChainItem.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ChainItem = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ChainItem as default
};
