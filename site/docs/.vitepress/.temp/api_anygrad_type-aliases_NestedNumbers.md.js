import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: NestedNumbers","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/NestedNumbers.md","filePath":"docs/api/anygrad/type-aliases/NestedNumbers.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/NestedNumbers.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / NestedNumbers</p><h1 id="type-alias-nestednumbers" tabindex="-1">Type Alias: NestedNumbers <a class="header-anchor" href="#type-alias-nestednumbers" aria-label="Permalink to &quot;Type Alias: NestedNumbers&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> NestedNumbers </span><span class="code-mark">=</span><span> number </span><span class="code-mark">|</span><span> NestedNumbers</span><span class="code-mark">[];</span></span></code></pre></div><p>A number, or arrays of numbers nested as deeply as a tensor has axes: [[1, 2], [3, 4]] for the shape [2, 2].</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/NestedNumbers.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const NestedNumbers = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  NestedNumbers as default
};
