import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: dense()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/dense.md","filePath":"docs/api/anygrad/namespaces/ops/functions/dense.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/dense.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / dense</p><h1 id="function-dense" tabindex="-1">Function: dense() <a class="header-anchor" href="#function-dense" aria-label="Permalink to &quot;Function: dense()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> dense</span><span class="code-mark">(</span></span>
<span class="line"><span>   x</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   kernel</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   bias</span><span class="code-mark">?,</span><span> </span></span>
<span class="line"><span>   options</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>A fully connected layer: y = activation(x · kernel + bias), the product being one of matrices.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>[..., features]</td></tr><tr><td><code>kernel</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>[features, units]</td></tr><tr><td><code>bias?</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a> | <code>null</code></td><td>[units], or null (default) for none</td></tr><tr><td><code>options?</code></td><td>{ <code>activation?</code>: <a href="/api/anygrad/type-aliases/FusedActivation.html"><code>FusedActivation</code></a>; }</td><td>-</td></tr><tr><td><code>options.activation?</code></td><td><a href="/api/anygrad/type-aliases/FusedActivation.html"><code>FusedActivation</code></a></td><td>Activation that is applied to the result in the same op. Default &quot;linear&quot;, which is none.</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><p>[..., units]</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH where x and kernel do not fit, or the bias has not one number per unit</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/dense.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const dense = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  dense as default
};
