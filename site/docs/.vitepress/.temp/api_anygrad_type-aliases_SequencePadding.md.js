import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: SequencePadding","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/SequencePadding.md","filePath":"docs/api/anygrad/type-aliases/SequencePadding.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/SequencePadding.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / SequencePadding</p><h1 id="type-alias-sequencepadding" tabindex="-1">Type Alias: SequencePadding <a class="header-anchor" href="#type-alias-sequencepadding" aria-label="Permalink to &quot;Type Alias: SequencePadding&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> SequencePadding </span><span class="code-mark">=</span><span> Padding </span><span class="code-mark">|</span><span class="code-string"> &quot;causal&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>What windows do at the ends of a sequence; &quot;causal&quot;: zeros before it alone, so that no output sees a later input.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/SequencePadding.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SequencePadding = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SequencePadding as default
};
