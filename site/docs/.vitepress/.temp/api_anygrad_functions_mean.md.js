import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: mean()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/functions/mean.md","filePath":"docs/api/anygrad/functions/mean.md"}');
const _sfc_main = { name: "api/anygrad/functions/mean.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / mean</p><h1 id="function-mean" tabindex="-1">Function: mean() <a class="header-anchor" href="#function-mean" aria-label="Permalink to &quot;Function: mean()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> mean</span><span class="code-mark">(</span><span>options</span><span class="code-mark">):</span><span> Metric</span><span class="code-mark">;</span></span></code></pre></div><p>A metric of your own: the weighted mean of <code>of(predictions, targets, row)</code> over all rows.</p><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>metrics</span><span class="code-mark">.</span><span class="code-name">mean</span><span class="code-mark">({</span><span> name</span><span class="code-mark">:</span><span class="code-string"> &quot;confidence&quot;</span><span class="code-mark">,</span><span class="code-name"> of</span><span class="code-mark">:</span><span class="code-mark"> ({</span><span> data</span><span class="code-mark">,</span><span> columns </span><span class="code-mark">},</span><span> _</span><span class="code-mark">,</span><span> row</span><span class="code-mark">)</span><span class="code-mark"> =&gt;</span></span>
<span class="line"><span>  Math</span><span class="code-mark">.</span><span class="code-name">max</span><span class="code-mark">(...</span><span>data</span><span class="code-mark">.</span><span class="code-name">subarray</span><span class="code-mark">(</span><span>row </span><span class="code-mark">*</span><span> columns</span><span class="code-mark">,</span><span class="code-mark"> (</span><span>row </span><span class="code-mark">+</span><span class="code-number"> 1</span><span class="code-mark">)</span><span class="code-mark"> *</span><span> columns</span><span class="code-mark">))</span><span class="code-mark"> })</span></span></code></pre></div><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>options</code></td><td><a href="/api/anygrad/interfaces/MeanOptions.html"><code>MeanOptions</code></a></td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Metric.html"><code>Metric</code></a></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/functions/mean.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const mean = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  mean as default
};
