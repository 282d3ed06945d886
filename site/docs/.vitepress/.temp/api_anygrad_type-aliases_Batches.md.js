import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Batches","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/Batches.md","filePath":"docs/api/anygrad/type-aliases/Batches.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/Batches.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Batches</p><h1 id="type-alias-batches" tabindex="-1">Type Alias: Batches <a class="header-anchor" href="#type-alias-batches" aria-label="Permalink to &quot;Type Alias: Batches&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Batches </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> Iterable</span><span class="code-mark">&lt;</span><span>Batch</span><span class="code-mark">&gt;</span></span>
<span class="line"><span class="code-mark">  |</span><span> AsyncIterable</span><span class="code-mark">&lt;</span><span>Batch</span><span class="code-mark">&gt;</span></span>
<span class="line"><span class="code-mark">|</span><span> ReadableStream</span><span class="code-mark">&lt;</span><span>Batch</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>Batches in order: an array, a generator, a <code>ReadableStream</code>.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/Batches.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Batches = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Batches as default
};
