import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: layerNormalization()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/layerNormalization.md","filePath":"docs/api/anygrad/namespaces/ops/functions/layerNormalization.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/layerNormalization.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / layerNormalization</p><h1 id="function-layernormalization" tabindex="-1">Function: layerNormalization() <a class="header-anchor" href="#function-layernormalization" aria-label="Permalink to &quot;Function: layerNormalization()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> layerNormalization</span><span class="code-mark">(</span></span>
<span class="line"><span>   x</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   gamma</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   beta</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   options</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>Layer normalisation (Ba et al., arXiv:1607.06450): y = gamma · (x − mean) / √(variance + epsilon) + beta, with the mean and the biased variance of each row, which is the last axis.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>[..., c]</td></tr><tr><td><code>gamma</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>factor of each column, [c]</td></tr><tr><td><code>beta</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>shift of each column, [c]</td></tr><tr><td><code>options?</code></td><td>{ <code>epsilon?</code>: <code>number</code>; }</td><td>-</td></tr><tr><td><code>options.epsilon?</code></td><td><code>number</code></td><td>Small number that is added to the variance, so that nothing is divided by 0. Default 1e-3.</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><p>[..., c]</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH where gamma or beta has not c numbers</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/layerNormalization.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const layerNormalization = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  layerNormalization as default
};
