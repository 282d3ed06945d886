import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: dropout()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/dropout.md","filePath":"docs/api/anygrad/namespaces/ops/functions/dropout.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/dropout.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / dropout</p><h1 id="function-dropout" tabindex="-1">Function: dropout() <a class="header-anchor" href="#function-dropout" aria-label="Permalink to &quot;Function: dropout()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> dropout</span><span class="code-mark">(</span><span>x</span><span class="code-mark">,</span><span> options</span><span class="code-mark">):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>Inverted dropout (Srivastava et al., &quot;Dropout: a simple way to prevent neural networks from overfitting&quot;, JMLR 15, 2014): sets a random share <code>rate</code> of the elements to 0 and multiplies the others by 1 / (1 − rate), which keeps the expected value. The gradient is dropped and scaled by the same mask.</p><p>The mask follows from seed, stream and step alone: give every use a <code>stream</code> of its own, and every repetition a <code>step</code>.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>any shape</td></tr><tr><td><code>options</code></td><td><a href="/api/anygrad/interfaces/DropoutAttributes.html"><code>DropoutAttributes</code></a></td><td>-</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><p>the shape of x</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError INVALID_ARGUMENT for a rate outside [0, 1), or a seed, stream or step that is no whole number from 0</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/dropout.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const dropout = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  dropout as default
};
