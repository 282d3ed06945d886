import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: gumbel()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/gumbel.md","filePath":"docs/api/anygrad/namespaces/ops/functions/gumbel.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/gumbel.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / gumbel</p><h1 id="function-gumbel" tabindex="-1">Function: gumbel() <a class="header-anchor" href="#function-gumbel" aria-label="Permalink to &quot;Function: gumbel()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> gumbel</span><span class="code-mark">(</span></span>
<span class="line"><span>   engine</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   shape</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   options</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>Gumbel numbers: −ln(−ln u) with u uniform. Added to logits they make the largest a draw by their softmax (the Gumbel-max trick), and the softmax of the sum a smooth one (Jang et al., arXiv:1611.01144).</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>engine</code></td><td><a href="/api/anygrad/interfaces/Engine.html"><code>Engine</code></a></td></tr><tr><td><code>shape</code></td><td><a href="/api/anygrad/type-aliases/Shape.html"><code>Shape</code></a></td></tr><tr><td><code>options?</code></td><td><a href="/api/anygrad/namespaces/ops/interfaces/DrawOptions.html"><code>DrawOptions</code></a></td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH for a bad shape, INVALID_ARGUMENT for a bad draw</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/gumbel.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const gumbel = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  gumbel as default
};
