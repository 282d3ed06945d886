import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Padding","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/Padding.md","filePath":"docs/api/anygrad/type-aliases/Padding.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/Padding.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Padding</p><h1 id="type-alias-padding" tabindex="-1">Type Alias: Padding <a class="header-anchor" href="#type-alias-padding" aria-label="Permalink to &quot;Type Alias: Padding&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Padding </span><span class="code-mark">=</span><span class="code-string"> &quot;valid&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;same&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>What windows do at the edges of an image. &quot;valid&quot;: they stay inside it. &quot;same&quot;: they may reach over its edges, so that the output has ⌈size / stride⌉ pixels; of an odd number of pixels the one more is at the bottom and on the right.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/Padding.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Padding = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Padding as default
};
