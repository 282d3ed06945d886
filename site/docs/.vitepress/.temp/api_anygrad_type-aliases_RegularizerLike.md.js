import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: RegularizerLike","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/RegularizerLike.md","filePath":"docs/api/anygrad/type-aliases/RegularizerLike.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/RegularizerLike.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / RegularizerLike</p><h1 id="type-alias-regularizerlike" tabindex="-1">Type Alias: RegularizerLike <a class="header-anchor" href="#type-alias-regularizerlike" aria-label="Permalink to &quot;Type Alias: RegularizerLike&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> RegularizerLike </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-mark"> keyof</span><span class="code-mark"> typeof</span><span> regularizers</span></span>
<span class="line"><span class="code-mark">  |</span><span> Regularizer</span></span>
<span class="line"><span class="code-mark">  |</span><span> Factors</span></span>
<span class="line"><span class="code-mark">  |</span><span> SavedKind</span><span class="code-mark">&lt;</span><span>Factors</span><span class="code-mark">&gt;</span></span>
<span class="line"><span class="code-mark">|</span><span> Definition</span><span class="code-mark">&lt;[],</span><span> OwnRegularizer</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>A regularizer, its name, its factors, or what one is saved as. A factor that is left out is 0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/RegularizerLike.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const RegularizerLike = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  RegularizerLike as default
};
