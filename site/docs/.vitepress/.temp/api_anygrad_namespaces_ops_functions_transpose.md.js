import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: transpose()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/transpose.md","filePath":"docs/api/anygrad/namespaces/ops/functions/transpose.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/transpose.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / transpose</p><h1 id="function-transpose" tabindex="-1">Function: transpose() <a class="header-anchor" href="#function-transpose" aria-label="Permalink to &quot;Function: transpose()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> transpose</span><span class="code-mark">(</span><span>x</span><span class="code-mark">,</span><span> axes</span><span class="code-mark">?):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>The axes in another order: axis i of the result is axis axes[i] of x. [2, 3, 5] with [0, 2, 1] gives [2, 5, 3].</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>any shape</td></tr><tr><td><code>axes?</code></td><td>readonly <code>number</code>[]</td><td>every axis of x once, from 0. Default: reversed, so that a matrix is transposed</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError INVALID_ARGUMENT where <code>axes</code> is no permutation of the axes of x</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/transpose.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const transpose = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  transpose as default
};
