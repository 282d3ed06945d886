import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: batchNormalization()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/batchNormalization.md","filePath":"docs/api/anygrad/namespaces/ops/functions/batchNormalization.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/batchNormalization.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / batchNormalization</p><h1 id="function-batchnormalization" tabindex="-1">Function: batchNormalization() <a class="header-anchor" href="#function-batchnormalization" aria-label="Permalink to &quot;Function: batchNormalization()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> batchNormalization</span><span class="code-mark">(</span></span>
<span class="line"><span>   x</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   gamma</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   beta</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   movingMean</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   movingVariance</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   options</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>Batch normalisation (Ioffe and Szegedy, arXiv:1502.03167): y = activation(gamma · (x − mean) / √(variance + epsilon) + beta), a mean and a variance for each channel, which is the last axis. The variance is the biased one, as in Keras.</p><p>With <code>training: true</code> the gradient flows through the statistics of the batch; else they are constants. The moving statistics have no gradient.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>[..., c]</td></tr><tr><td><code>gamma</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>factor of each channel, [c]</td></tr><tr><td><code>beta</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>shift of each channel, [c]</td></tr><tr><td><code>movingMean</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>moving average of the batches&#39; means, [c]; written to where <code>training</code> is true</td></tr><tr><td><code>movingVariance</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>moving average of the batches&#39; variances, [c]; written to where <code>training</code> is true</td></tr><tr><td><code>options?</code></td><td><a href="/api/anygrad/interfaces/BatchNormalizationAttributes.html"><code>BatchNormalizationAttributes</code></a></td><td>-</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><p>[..., c]</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH where a parameter has not one number per channel</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/batchNormalization.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const batchNormalization = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  batchNormalization as default
};
