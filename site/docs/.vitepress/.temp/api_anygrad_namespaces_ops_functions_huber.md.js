import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: huber()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/huber.md","filePath":"docs/api/anygrad/namespaces/ops/functions/huber.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/huber.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / huber</p><h1 id="function-huber" tabindex="-1">Function: huber() <a class="header-anchor" href="#function-huber" aria-label="Permalink to &quot;Function: huber()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> huber</span><span class="code-mark">(</span></span>
<span class="line"><span>   predictions</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   targets</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   options</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>Huber&#39;s loss (&quot;Robust estimation of a location parameter&quot;, 1964), one per example: the mean over the last axis of e² / 2 where e = |p − t| is at most <code>delta</code>, else delta · (e − delta / 2). Large errors count less than in the squared error: dp = (p − t, held in [−delta, delta]) / k · dloss, dt = −dp.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>predictions</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>[n, k]</td></tr><tr><td><code>targets</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>[n, k]</td></tr><tr><td><code>options?</code></td><td>{ <code>delta?</code>: <code>number</code>; }</td><td>-</td></tr><tr><td><code>options.delta?</code></td><td><code>number</code></td><td>The error at which the loss turns from quadratic to linear. Default 1.</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><p>losses [n]</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH where predictions and targets differ in shape</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/huber.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const huber = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  huber as default
};
