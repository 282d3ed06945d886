import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: OptionTable","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/OptionTable.md","filePath":"docs/api/anygrad/type-aliases/OptionTable.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/OptionTable.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / OptionTable</p><h1 id="type-alias-optiontable" tabindex="-1">Type Alias: OptionTable <a class="header-anchor" href="#type-alias-optiontable" aria-label="Permalink to &quot;Type Alias: OptionTable&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> OptionTable </span><span class="code-mark">=</span><span> Readonly</span><span class="code-mark">&lt;</span><span>Record</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">,</span><span> unknown</span><span class="code-mark">&gt;&gt;;</span></span></code></pre></div><p>The options of a definition: a default for each, whose type values must have; or Number, String, Boolean, Array or Object for one that must be given.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/OptionTable.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const OptionTable = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  OptionTable as default
};
