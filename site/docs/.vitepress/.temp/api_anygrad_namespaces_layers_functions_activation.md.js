import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: activation()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/layers/functions/activation.md","filePath":"docs/api/anygrad/namespaces/layers/functions/activation.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/layers/functions/activation.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/layers/">layers</a> / activation</p><h1 id="function-activation" tabindex="-1">Function: activation() <a class="header-anchor" href="#function-activation" aria-label="Permalink to &quot;Function: activation()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> activation</span><span class="code-mark">(</span><span>options</span><span class="code-mark">):</span><span> Layer</span><span class="code-mark">;</span></span></code></pre></div><p>Applies an activation: <code>activation({ activation: &quot;relu&quot; })</code>, or shorter <code>activation(&quot;relu&quot;)</code>, <code>activation(mine)</code>.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>options</code></td><td>| <a href="/api/anygrad/type-aliases/ActivationLike.html"><code>ActivationLike</code></a> | <a href="/api/anygrad/interfaces/LayerOptions.html"><code>LayerOptions</code></a> &amp; { <code>activation</code>: <a href="/api/anygrad/type-aliases/ActivationLike.html"><code>ActivationLike</code></a>; }</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Layer.html"><code>Layer</code></a></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/layers/functions/activation.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const activation = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  activation as default
};
