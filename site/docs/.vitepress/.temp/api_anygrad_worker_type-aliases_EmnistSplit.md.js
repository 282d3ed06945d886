import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: EmnistSplit","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/worker/type-aliases/EmnistSplit.md","filePath":"docs/api/anygrad/worker/type-aliases/EmnistSplit.md"}');
const _sfc_main = { name: "api/anygrad/worker/type-aliases/EmnistSplit.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/worker/">anygrad/worker</a> / EmnistSplit</p><h1 id="type-alias-emnistsplit" tabindex="-1">Type Alias: EmnistSplit <a class="header-anchor" href="#type-alias-emnistsplit" aria-label="Permalink to &quot;Type Alias: EmnistSplit&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> EmnistSplit </span><span class="code-mark">=</span><span class="code-string"> &quot;balanced&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;byclass&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;bymerge&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;digits&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;letters&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;mnist&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>The selections of EMNIST.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/worker/type-aliases/EmnistSplit.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const EmnistSplit = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  EmnistSplit as default
};
