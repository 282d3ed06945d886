import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: stft()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/stft.md","filePath":"docs/api/anygrad/namespaces/ops/functions/stft.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/stft.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / stft</p><h1 id="function-stft" tabindex="-1">Function: stft() <a class="header-anchor" href="#function-stft" aria-label="Permalink to &quot;Function: stft()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> stft</span><span class="code-mark">(</span><span>x</span><span class="code-mark">,</span><span> options</span><span class="code-mark">):</span><span> Spectrum</span><span class="code-mark">;</span></span></code></pre></div><p>The short-time Fourier transform: that of windows of a sequence, each multiplied by a function that falls off to its ends.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>[..., samples]</td></tr><tr><td><code>options</code></td><td><a href="/api/anygrad/namespaces/ops/interfaces/StftAttributes.html"><code>StftAttributes</code></a></td><td>-</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/namespaces/ops/type-aliases/Spectrum.html"><code>Spectrum</code></a></p><p>real and imaginary parts, [..., windows, ⌊fftLength / 2⌋ + 1] each, as in Keras</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH where there are fewer samples than a transform takes, INVALID_ARGUMENT for a bad option</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/stft.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const stft = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  stft as default
};
