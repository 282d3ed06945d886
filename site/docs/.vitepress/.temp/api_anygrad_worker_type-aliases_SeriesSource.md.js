import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: SeriesSource","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/worker/type-aliases/SeriesSource.md","filePath":"docs/api/anygrad/worker/type-aliases/SeriesSource.md"}');
const _sfc_main = { name: "api/anygrad/worker/type-aliases/SeriesSource.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/worker/">anygrad/worker</a> / SeriesSource</p><h1 id="type-alias-seriessource" tabindex="-1">Type Alias: SeriesSource <a class="header-anchor" href="#type-alias-seriessource" aria-label="Permalink to &quot;Type Alias: SeriesSource&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> SeriesSource </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> Table</span></span>
<span class="line"><span class="code-mark">  |</span><span> SeriesArrays</span></span>
<span class="line"><span class="code-mark">  |</span><span> TableSource</span><span class="code-mark">;</span></span></code></pre></div><p>What windows are laid over: what <code>readTable</code> gave, what it takes, or arrays.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/worker/type-aliases/SeriesSource.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SeriesSource = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SeriesSource as default
};
