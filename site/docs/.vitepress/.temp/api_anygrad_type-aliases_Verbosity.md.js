import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Verbosity","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/Verbosity.md","filePath":"docs/api/anygrad/type-aliases/Verbosity.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/Verbosity.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Verbosity</p><h1 id="type-alias-verbosity" tabindex="-1">Type Alias: Verbosity <a class="header-anchor" href="#type-alias-verbosity" aria-label="Permalink to &quot;Type Alias: Verbosity&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Verbosity </span><span class="code-mark">=</span><span class="code-number"> 0</span><span class="code-mark"> |</span><span class="code-number"> 1</span><span class="code-mark"> |</span><span class="code-number"> 2</span><span class="code-mark"> |</span><span> boolean</span><span class="code-mark">;</span></span></code></pre></div><p>How much of a run is shown: 0 or false nothing, 1 or true a bar or lines, 2 a line for every epoch.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/Verbosity.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Verbosity = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Verbosity as default
};
