import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: concatenate()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/concatenate.md","filePath":"docs/api/anygrad/namespaces/ops/functions/concatenate.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/concatenate.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / concatenate</p><h1 id="function-concatenate" tabindex="-1">Function: concatenate() <a class="header-anchor" href="#function-concatenate" aria-label="Permalink to &quot;Function: concatenate()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> concatenate</span><span class="code-mark">(</span><span>tensors</span><span class="code-mark">,</span><span> options</span><span class="code-mark">?):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>Joins tensors along an axis: [n, 3] and [n, 5] along the last give [n, 8]. The gradient of each is its part of dy.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>tensors</code></td><td>readonly <a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a>[]</td><td>one or more, of the same shape but for the size of that axis</td></tr><tr><td><code>options?</code></td><td>{ <code>axis?</code>: <code>number</code>; }</td><td>-</td></tr><tr><td><code>options.axis?</code></td><td><code>number</code></td><td>Axis along which they are joined; a negative one counts from the last. Default −1, the last.</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH where another axis differs, INVALID_ARGUMENT for an empty list or an axis that is not there</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/concatenate.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const concatenate = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  concatenate as default
};
