import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: averagePooling2d()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/averagePooling2d.md","filePath":"docs/api/anygrad/namespaces/ops/functions/averagePooling2d.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/averagePooling2d.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / averagePooling2d</p><h1 id="function-averagepooling2d" tabindex="-1">Function: averagePooling2d() <a class="header-anchor" href="#function-averagepooling2d" aria-label="Permalink to &quot;Function: averagePooling2d()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> averagePooling2d</span><span class="code-mark">(</span><span>x</span><span class="code-mark">,</span><span> attributes</span><span class="code-mark">?):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>The mean of each window, channel by channel. The gradient of a window goes to its pixels in equal shares. Pixels beyond the edge do not count in the mean.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>images [n, h, w, c]</td></tr><tr><td><code>attributes?</code></td><td><a href="/api/anygrad/interfaces/PoolingAttributes.html"><code>PoolingAttributes</code></a></td><td>-</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><p>[n, oh, ow, c], where oh is ⌊(h − pool) / stride⌋ + 1 with &quot;valid&quot; and ⌈h / stride⌉ with &quot;same&quot;</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH where x is no batch of images or a window does not fit, INVALID_ARGUMENT for a bad attribute</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/averagePooling2d.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const averagePooling2d = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  averagePooling2d as default
};
