import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: min()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/min.md","filePath":"docs/api/anygrad/namespaces/ops/functions/min.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/min.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / min</p><h1 id="function-min" tabindex="-1">Function: min() <a class="header-anchor" href="#function-min" aria-label="Permalink to &quot;Function: min()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> min</span><span class="code-mark">(</span><span>x</span><span class="code-mark">,</span><span> attributes</span><span class="code-mark">?):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>The smallest element over axes. x [n, c] gives [c] with <code>axis: 0</code>, [1, c] with <code>keepdims: true</code> too, and a scalar without <code>axis</code>; NaN where an element is NaN. The gradient goes to the smallest element, in equal shares where several are equal. Axes that are no neighbours are reduced one after another, the last first, and each step shares for itself.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td></tr><tr><td><code>attributes?</code></td><td><a href="/api/anygrad/interfaces/ReduceAttributes.html"><code>ReduceAttributes</code></a></td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError INVALID_ARGUMENT for an axis that x does not have, or that is named twice</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/min.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const min = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  min as default
};
