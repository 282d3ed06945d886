import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: melSpectrogram()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/melSpectrogram.md","filePath":"docs/api/anygrad/namespaces/ops/functions/melSpectrogram.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/melSpectrogram.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / melSpectrogram</p><h1 id="function-melspectrogram" tabindex="-1">Function: melSpectrogram() <a class="header-anchor" href="#function-melspectrogram" aria-label="Permalink to &quot;Function: melSpectrogram()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> melSpectrogram</span><span class="code-mark">(</span><span>x</span><span class="code-mark">,</span><span> options</span><span class="code-mark">):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>The power of sound in mel bands: the squares of a short-time Fourier transform, times mel filters. For a network take the logarithm of it and a small number. It has gradients.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>[..., samples]</td></tr><tr><td><code>options</code></td><td><a href="/api/anygrad/namespaces/ops/interfaces/StftAttributes.html"><code>StftAttributes</code></a> &amp; <a href="/api/anygrad/namespaces/ops/interfaces/MelAttributes.html"><code>MelAttributes</code></a></td><td>-</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><p>[..., windows, bands]</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH where there are fewer samples than a transform takes, INVALID_ARGUMENT for a bad option</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/melSpectrogram.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const melSpectrogram = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  melSpectrogram as default
};
