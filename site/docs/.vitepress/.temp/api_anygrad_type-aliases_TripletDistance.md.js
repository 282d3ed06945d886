import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: TripletDistance","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/TripletDistance.md","filePath":"docs/api/anygrad/type-aliases/TripletDistance.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/TripletDistance.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / TripletDistance</p><h1 id="type-alias-tripletdistance" tabindex="-1">Type Alias: TripletDistance <a class="header-anchor" href="#type-alias-tripletdistance" aria-label="Permalink to &quot;Type Alias: TripletDistance&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> TripletDistance </span><span class="code-mark">=</span><span class="code-string"> &quot;L2&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;squaredL2&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;angular&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>How far apart two embeddings are: the length of their difference, its square, or 1 − the cosine of the angle between them.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/TripletDistance.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const TripletDistance = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  TripletDistance as default
};
