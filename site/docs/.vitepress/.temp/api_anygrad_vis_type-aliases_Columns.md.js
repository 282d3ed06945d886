import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Columns","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/vis/type-aliases/Columns.md","filePath":"docs/api/anygrad/vis/type-aliases/Columns.md"}');
const _sfc_main = { name: "api/anygrad/vis/type-aliases/Columns.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/vis/">anygrad/vis</a> / Columns</p><h1 id="type-alias-columns" tabindex="-1">Type Alias: Columns <a class="header-anchor" href="#type-alias-columns" aria-label="Permalink to &quot;Type Alias: Columns&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Columns </span><span class="code-mark">=</span><span> Readonly</span><span class="code-mark">&lt;</span><span>Record</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">,</span><span> ArrayLike</span><span class="code-mark">&lt;</span><span>number</span><span class="code-mark">&gt;&gt;&gt;;</span></span></code></pre></div><p>Columns of numbers, one a name, such as <code>net.fit</code> gives as <code>history</code>; NaN stands for no number.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/vis/type-aliases/Columns.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Columns = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Columns as default
};
