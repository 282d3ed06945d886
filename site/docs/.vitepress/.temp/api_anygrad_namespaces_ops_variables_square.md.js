import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: square","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/variables/square.md","filePath":"docs/api/anygrad/namespaces/ops/variables/square.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/variables/square.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / square</p><h1 id="variable-square" tabindex="-1">Variable: square <a class="header-anchor" href="#variable-square" aria-label="Permalink to &quot;Variable: square&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">const</span><span class="code-name"> square</span><span class="code-mark">:</span><span class="code-mark"> (</span><span>x</span><span class="code-mark">)</span><span class="code-mark"> =&gt;</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>The square: y = x², element by element. dx = 2 · dy · x.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/variables/square.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const square = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  square as default
};
