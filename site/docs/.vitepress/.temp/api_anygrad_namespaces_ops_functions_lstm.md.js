import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: lstm()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/lstm.md","filePath":"docs/api/anygrad/namespaces/ops/functions/lstm.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/lstm.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / lstm</p><h1 id="function-lstm" tabindex="-1">Function: lstm() <a class="header-anchor" href="#function-lstm" aria-label="Permalink to &quot;Function: lstm()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> lstm</span><span class="code-mark">(</span></span>
<span class="line"><span>   x</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   kernel</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   recurrentKernel</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   bias</span><span class="code-mark">?,</span><span> </span></span>
<span class="line"><span>   options</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>Long short-term memory (Hochreiter and Schmidhuber, &quot;Long short-term memory&quot;, Neural Computation 9, 1997), with the gates in Keras&#39;s order: input, forget, candidate, output.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>[n, steps, features]</td></tr><tr><td><code>kernel</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>[features, 4 · units]</td></tr><tr><td><code>recurrentKernel</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>[units, 4 · units]</td></tr><tr><td><code>bias?</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a> | <code>null</code></td><td>[4 · units], or null (default) for none</td></tr><tr><td><code>options?</code></td><td><a href="/api/anygrad/interfaces/RecurrentAttributes.html"><code>RecurrentAttributes</code></a></td><td>-</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><p>[n, rows, units]: the output of the last step, or those of all steps; then the states h and c where they are asked for</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH for what does not fit the input and the units</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/lstm.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const lstm = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  lstm as default
};
