import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: melFilterbank()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/melFilterbank.md","filePath":"docs/api/anygrad/namespaces/ops/functions/melFilterbank.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/melFilterbank.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / melFilterbank</p><h1 id="function-melfilterbank" tabindex="-1">Function: melFilterbank() <a class="header-anchor" href="#function-melfilterbank" aria-label="Permalink to &quot;Function: melFilterbank()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> melFilterbank</span><span class="code-mark">(</span></span>
<span class="line"><span>   engine</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   bins</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   options</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>The matrix that makes mel bands of a spectrum&#39;s frequencies: triangles, with &quot;htk&quot; over the mel scale, each from the middle of the band below to that of the band above, of height 1 (tf.signal.linear_to_mel_weight_matrix).</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>engine</code></td><td><a href="/api/anygrad/interfaces/Engine.html"><code>Engine</code></a></td><td>-</td></tr><tr><td><code>bins</code></td><td><code>number</code></td><td>frequencies of the spectrum, from 0 to half the sample rate: ⌊fftLength / 2⌋ + 1</td></tr><tr><td><code>options?</code></td><td><a href="/api/anygrad/namespaces/ops/interfaces/MelAttributes.html"><code>MelAttributes</code></a></td><td>-</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><p>[bins, bands]</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError INVALID_ARGUMENT for a bad option</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/melFilterbank.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const melFilterbank = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  melFilterbank as default
};
