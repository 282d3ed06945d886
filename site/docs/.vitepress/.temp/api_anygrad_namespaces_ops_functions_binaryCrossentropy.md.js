import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: binaryCrossentropy()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/binaryCrossentropy.md","filePath":"docs/api/anygrad/namespaces/ops/functions/binaryCrossentropy.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/binaryCrossentropy.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / binaryCrossentropy</p><h1 id="function-binarycrossentropy" tabindex="-1">Function: binaryCrossentropy() <a class="header-anchor" href="#function-binarycrossentropy" aria-label="Permalink to &quot;Function: binaryCrossentropy()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> binaryCrossentropy</span><span class="code-mark">(</span></span>
<span class="line"><span>   predictions</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   targets</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   options</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>Binary cross-entropy, one loss per example: the mean over the k outputs of −t · ln p − (1 − t) · ln(1 − p). With <code>fromLogits</code> p is the sigmoid of the predictions, and the loss is computed without rounding p; else p is the predictions clipped to [1e-7, 1 − 1e-7], as in Keras. Clipped probabilities take no gradient; dt = (ln(1 − p) − ln p) / k · dloss.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>predictions</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>logits or probabilities, [n, k]</td></tr><tr><td><code>targets</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>0 or 1, or probabilities, [n, k]</td></tr><tr><td><code>options?</code></td><td>{ <code>fromLogits?</code>: <code>boolean</code>; <code>labelSmoothing?</code>: <code>number</code>; }</td><td>-</td></tr><tr><td><code>options.fromLogits?</code></td><td><code>boolean</code></td><td>true: predictions are logits, which go through a sigmoid; false (default): they are probabilities.</td></tr><tr><td><code>options.labelSmoothing?</code></td><td><code>number</code></td><td>Share s by which targets move towards 0.5: t becomes t · (1 − s) + s / 2. Default 0.</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><p>losses [n]</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH where predictions and targets differ in shape</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/binaryCrossentropy.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const binaryCrossentropy = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  binaryCrossentropy as default
};
