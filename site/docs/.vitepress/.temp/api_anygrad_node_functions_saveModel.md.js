import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: saveModel()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/node/functions/saveModel.md","filePath":"docs/api/anygrad/node/functions/saveModel.md"}');
const _sfc_main = { name: "api/anygrad/node/functions/saveModel.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/node/">anygrad/node</a> / saveModel</p><h1 id="function-savemodel" tabindex="-1">Function: saveModel() <a class="header-anchor" href="#function-savemodel" aria-label="Permalink to &quot;Function: saveModel()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> saveModel</span><span class="code-mark">(</span></span>
<span class="line"><span>   net</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   path</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   options</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Promise</span><span class="code-mark">&lt;</span><span>void</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>Saves a model in a safetensors file. It is written under another name and renamed, so that it is never there in part; missing folders are made.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>net</code></td><td><a href="/api/anygrad/interfaces/Model.html"><code>Model</code></a>&lt;<a href="/api/anygrad/type-aliases/Predictions.html"><code>Predictions</code></a>&gt;</td></tr><tr><td><code>path</code></td><td><code>string</code></td></tr><tr><td><code>options?</code></td><td><a href="/api/anygrad/node/interfaces/SaveModelOptions.html"><code>SaveModelOptions</code></a></td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Promise</code>&lt;<code>void</code>&gt;</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError OUTPUT where it cannot be written</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/node/functions/saveModel.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const saveModel = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  saveModel as default
};
