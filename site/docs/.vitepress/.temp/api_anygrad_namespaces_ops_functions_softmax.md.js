import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: softmax()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/softmax.md","filePath":"docs/api/anygrad/namespaces/ops/functions/softmax.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/softmax.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / softmax</p><h1 id="function-softmax" tabindex="-1">Function: softmax() <a class="header-anchor" href="#function-softmax" aria-label="Permalink to &quot;Function: softmax()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> softmax</span><span class="code-mark">(</span><span>x</span><span class="code-mark">):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>Softmax over the last axis: y = e^x / Σ e^x, numbers from 0 to 1 whose sum is 1; dx = y · (dy − Σ dy · y). The largest x of a row is subtracted first, so that nothing overflows.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>logits [..., c]</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><p>probabilities [..., c]</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/softmax.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const softmax = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  softmax as default
};
