import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: depthwiseConv2d()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/depthwiseConv2d.md","filePath":"docs/api/anygrad/namespaces/ops/functions/depthwiseConv2d.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/depthwiseConv2d.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / depthwiseConv2d</p><h1 id="function-depthwiseconv2d" tabindex="-1">Function: depthwiseConv2d() <a class="header-anchor" href="#function-depthwiseconv2d" aria-label="Permalink to &quot;Function: depthwiseConv2d()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> depthwiseConv2d</span><span class="code-mark">(</span></span>
<span class="line"><span>   x</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   kernel</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   bias</span><span class="code-mark">?,</span><span> </span></span>
<span class="line"><span>   attributes</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>Depthwise 2-D convolution, then bias and activation: each of the c channels is convolved with <code>multiplier</code> kernels of its own, and none is mixed with another. Channel i · multiplier + j of the output comes from channel i of the input and kernel[:, :, i, j]. Sizes and padding are those of <code>conv2d</code>.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>images [n, h, w, c]</td></tr><tr><td><code>kernel</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>[kh, kw, c, multiplier]</td></tr><tr><td><code>bias?</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a> | <code>null</code></td><td>[c · multiplier], or null (default) for none</td></tr><tr><td><code>attributes?</code></td><td><a href="/api/anygrad/interfaces/DepthwiseConv2dAttributes.html"><code>DepthwiseConv2dAttributes</code></a></td><td>-</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><p>[n, oh, ow, c · multiplier]</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH where the shapes do not fit each other or a window does not fit the image, INVALID_ARGUMENT for a bad attribute</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/depthwiseConv2d.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const depthwiseConv2d = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  depthwiseConv2d as default
};
