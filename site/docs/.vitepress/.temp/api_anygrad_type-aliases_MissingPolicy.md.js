import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: MissingPolicy","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/MissingPolicy.md","filePath":"docs/api/anygrad/type-aliases/MissingPolicy.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/MissingPolicy.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / MissingPolicy</p><h1 id="type-alias-missingpolicy" tabindex="-1">Type Alias: MissingPolicy <a class="header-anchor" href="#type-alias-missingpolicy" aria-label="Permalink to &quot;Type Alias: MissingPolicy&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> MissingPolicy </span><span class="code-mark">=</span><span class="code-string"> &quot;mean&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;median&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;drop&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;error&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>What stands in for missing values: the training rows&#39; mean or median of numbers; of texts a category of their own.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/MissingPolicy.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MissingPolicy = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MissingPolicy as default
};
