import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: SeriesArrays","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/worker/type-aliases/SeriesArrays.md","filePath":"docs/api/anygrad/worker/type-aliases/SeriesArrays.md"}');
const _sfc_main = { name: "api/anygrad/worker/type-aliases/SeriesArrays.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/worker/">anygrad/worker</a> / SeriesArrays</p><h1 id="type-alias-seriesarrays" tabindex="-1">Type Alias: SeriesArrays <a class="header-anchor" href="#type-alias-seriesarrays" aria-label="Permalink to &quot;Type Alias: SeriesArrays&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> SeriesArrays </span><span class="code-mark">=</span><span> Pick</span><span class="code-mark">&lt;</span><span>Dataset</span><span class="code-mark">,</span><span class="code-string"> &quot;x&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;shape&quot;</span><span class="code-mark">&gt;</span><span class="code-mark"> &amp;</span><span> Partial</span><span class="code-mark">&lt;</span><span>Pick</span><span class="code-mark">&lt;</span><span>Dataset</span><span class="code-mark">,</span><span class="code-string"> &quot;y&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;classNames&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;name&quot;</span><span class="code-mark">&gt;&gt;;</span></span></code></pre></div><p>Rows as numbers <code>[n, columns]</code>, in the order of time, and what each is labelled with, where that is none of the columns.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/worker/type-aliases/SeriesArrays.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SeriesArrays = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SeriesArrays as default
};
