import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Custom","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/node/type-aliases/Custom.md","filePath":"docs/api/anygrad/node/type-aliases/Custom.md"}');
const _sfc_main = { name: "api/anygrad/node/type-aliases/Custom.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/node/">anygrad/node</a> / Custom</p><h1 id="type-alias-custom" tabindex="-1">Type Alias: Custom <a class="header-anchor" href="#type-alias-custom" aria-label="Permalink to &quot;Type Alias: Custom&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Custom </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-keyword"> readonly</span><span> CustomGiven</span><span class="code-mark">[]</span></span>
<span class="line"><span class="code-mark">|</span><span> Readonly</span><span class="code-mark">&lt;</span><span>Record</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">,</span><span> CustomGiven</span><span class="code-mark">&gt;&gt;;</span></span></code></pre></div><p>What is of the user&#39;s own: a list, or by the names that the file has.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/node/type-aliases/Custom.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Custom = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Custom as default
};
