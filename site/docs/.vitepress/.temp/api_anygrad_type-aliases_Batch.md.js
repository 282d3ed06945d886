import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Batch","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/Batch.md","filePath":"docs/api/anygrad/type-aliases/Batch.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/Batch.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Batch</p><h1 id="type-alias-batch" tabindex="-1">Type Alias: Batch <a class="header-anchor" href="#type-alias-batch" aria-label="Permalink to &quot;Type Alias: Batch&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Batch </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> SeveralSet </span><span class="code-mark">&amp;</span><span> Partial</span><span class="code-mark">&lt;</span><span>Pick</span><span class="code-mark">&lt;</span><span>Dataset</span><span class="code-mark">,</span><span class="code-string"> &quot;shape&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;classNames&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;normalization&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;preparation&quot;</span><span class="code-mark">&gt;&gt;</span><span class="code-mark"> &amp;</span><span class="code-mark"> {</span></span>
<span class="line"><span>  ownSteps</span><span class="code-mark">?:</span><span> boolean</span><span class="code-mark">;</span></span>
<span class="line"><span>  sampleWeight</span><span class="code-mark">?:</span><span> BatchWeights</span><span class="code-mark">;</span></span>
<span class="line"><span class="code-mark">}</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-keyword"> readonly</span><span class="code-mark"> [</span><span>x</span><span class="code-mark">:</span><span> ExampleData </span><span class="code-mark">|</span><span> SeveralExamples</span><span class="code-mark">,</span><span> y</span><span class="code-mark">:</span><span> TargetData </span><span class="code-mark">|</span><span> SeveralTargets</span><span class="code-mark">,</span><span> sampleWeight</span><span class="code-mark">?:</span><span> BatchWeights</span><span class="code-mark">];</span></span></code></pre></div><p>Examples of one step and their targets.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/Batch.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Batch = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Batch as default
};
