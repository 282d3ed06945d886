import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: globalAveragePooling2d()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/layers/functions/globalAveragePooling2d.md","filePath":"docs/api/anygrad/namespaces/layers/functions/globalAveragePooling2d.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/layers/functions/globalAveragePooling2d.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/layers/">layers</a> / globalAveragePooling2d</p><h1 id="function-globalaveragepooling2d" tabindex="-1">Function: globalAveragePooling2d() <a class="header-anchor" href="#function-globalaveragepooling2d" aria-label="Permalink to &quot;Function: globalAveragePooling2d()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> globalAveragePooling2d</span><span class="code-mark">(</span><span>options</span><span class="code-mark">?):</span><span> Layer</span><span class="code-mark">;</span></span></code></pre></div><p>The mean of each channel: [n, h, w, c] gives [n, c], with <code>keepdims</code> [n, 1, 1, c].</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>options?</code></td><td><a href="/api/anygrad/interfaces/LayerOptions.html"><code>LayerOptions</code></a> &amp; { <code>keepdims?</code>: <code>boolean</code>; }</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Layer.html"><code>Layer</code></a></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/layers/functions/globalAveragePooling2d.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const globalAveragePooling2d = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  globalAveragePooling2d as default
};
