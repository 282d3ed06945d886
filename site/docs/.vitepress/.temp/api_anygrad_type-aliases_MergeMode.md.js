import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: MergeMode","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/MergeMode.md","filePath":"docs/api/anygrad/type-aliases/MergeMode.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/MergeMode.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / MergeMode</p><h1 id="type-alias-mergemode" tabindex="-1">Type Alias: MergeMode <a class="header-anchor" href="#type-alias-mergemode" aria-label="Permalink to &quot;Type Alias: MergeMode&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> MergeMode </span><span class="code-mark">=</span><span class="code-string"> &quot;concat&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;sum&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;mul&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;ave&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;rows&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>How the outputs of both ways are put together. &quot;rows&quot;, which files have: the rows of one way behind those of the other, of which lists are cut.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/MergeMode.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MergeMode = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MergeMode as default
};
