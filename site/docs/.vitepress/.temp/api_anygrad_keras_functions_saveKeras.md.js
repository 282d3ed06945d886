import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: saveKeras()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/keras/functions/saveKeras.md","filePath":"docs/api/anygrad/keras/functions/saveKeras.md"}');
const _sfc_main = { name: "api/anygrad/keras/functions/saveKeras.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/keras/">anygrad/keras</a> / saveKeras</p><h1 id="function-savekeras" tabindex="-1">Function: saveKeras() <a class="header-anchor" href="#function-savekeras" aria-label="Permalink to &quot;Function: saveKeras()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> saveKeras</span><span class="code-mark">(</span><span>net</span><span class="code-mark">):</span><span> Uint8Array</span><span class="code-mark">&lt;</span><span>ArrayBuffer</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>The model as bytes of a .keras file, which <code>keras.models.load_model</code> of Keras 3 reads: layers, connections and weights, not how it was compiled. The same model gives the same bytes.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>net</code></td><td><a href="/api/anygrad/interfaces/Model.html"><code>Model</code></a></td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Uint8Array</code>&lt;<code>ArrayBuffer</code>&gt;</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError NOT_READY before <code>build</code> or <code>compile</code>; UNSUPPORTED for a layer that Keras has not</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/keras/functions/saveKeras.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const saveKeras = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  saveKeras as default
};
