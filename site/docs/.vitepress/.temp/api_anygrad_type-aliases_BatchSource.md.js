import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: BatchSource","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/BatchSource.md","filePath":"docs/api/anygrad/type-aliases/BatchSource.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/BatchSource.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / BatchSource</p><h1 id="type-alias-batchsource" tabindex="-1">Type Alias: BatchSource <a class="header-anchor" href="#type-alias-batchsource" aria-label="Permalink to &quot;Type Alias: BatchSource&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> BatchSource </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> Batches</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-mark"> ((</span><span>position</span><span class="code-mark">)</span><span class="code-mark"> =&gt;</span><span> Batches </span><span class="code-mark">|</span><span> Promise</span><span class="code-mark">&lt;</span><span>Batches</span><span class="code-mark">&gt;);</span></span></code></pre></div><p>Batches, or a function that gives those of an epoch from the position on. What can be walked over once alone, such as a generator, is enough for one epoch.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/BatchSource.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const BatchSource = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  BatchSource as default
};
