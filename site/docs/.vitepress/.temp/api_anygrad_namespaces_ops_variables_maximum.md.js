import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: maximum","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/variables/maximum.md","filePath":"docs/api/anygrad/namespaces/ops/variables/maximum.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/variables/maximum.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / maximum</p><h1 id="variable-maximum" tabindex="-1">Variable: maximum <a class="header-anchor" href="#variable-maximum" aria-label="Permalink to &quot;Variable: maximum&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">const</span><span class="code-name"> maximum</span><span class="code-mark">:</span><span class="code-mark"> (</span><span>a</span><span class="code-mark">,</span><span> b</span><span class="code-mark">)</span><span class="code-mark"> =&gt;</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>The larger of a and b, element by element. The gradient goes to the larger one, and to a where they are equal. Shapes broadcast by NumPy&#39;s rule: they are aligned at the last axis, and an axis of size 1 is repeated. The gradient of an operand that was repeated is summed over the repeated axes.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>a</code></td><td><a href="/api/anygrad/type-aliases/Operand.html"><code>Operand</code></a></td></tr><tr><td><code>b</code></td><td><a href="/api/anygrad/type-aliases/Operand.html"><code>Operand</code></a></td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/variables/maximum.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const maximum = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  maximum as default
};
