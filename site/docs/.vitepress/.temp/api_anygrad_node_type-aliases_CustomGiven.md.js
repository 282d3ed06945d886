import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: CustomGiven","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/node/type-aliases/CustomGiven.md","filePath":"docs/api/anygrad/node/type-aliases/CustomGiven.md"}');
const _sfc_main = { name: "api/anygrad/node/type-aliases/CustomGiven.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/node/">anygrad/node</a> / CustomGiven</p><h1 id="type-alias-customgiven" tabindex="-1">Type Alias: CustomGiven <a class="header-anchor" href="#type-alias-customgiven" aria-label="Permalink to &quot;Type Alias: CustomGiven&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> CustomGiven </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> Pick</span><span class="code-mark">&lt;</span><span>Definition</span><span class="code-mark">,</span><span class="code-string"> &quot;kind&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;type&quot;</span><span class="code-mark">&gt;</span></span>
<span class="line"><span class="code-mark">  |</span><span> Loss</span></span>
<span class="line"><span class="code-mark">  |</span><span> LossFunction</span></span>
<span class="line"><span class="code-mark">  |</span><span> Metric</span></span>
<span class="line"><span class="code-mark">  |</span><span> Own</span><span class="code-mark">;</span></span></code></pre></div><p>Something of the user&#39;s own: what a define function gave or made, a loss, a metric, or a function that is one of the two.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/node/type-aliases/CustomGiven.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const CustomGiven = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  CustomGiven as default
};
