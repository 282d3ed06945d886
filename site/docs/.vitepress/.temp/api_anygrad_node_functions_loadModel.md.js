import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: loadModel()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/node/functions/loadModel.md","filePath":"docs/api/anygrad/node/functions/loadModel.md"}');
const _sfc_main = { name: "api/anygrad/node/functions/loadModel.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/node/">anygrad/node</a> / loadModel</p><h1 id="function-loadmodel" tabindex="-1">Function: loadModel() <a class="header-anchor" href="#function-loadmodel" aria-label="Permalink to &quot;Function: loadModel()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> loadModel</span><span class="code-mark">(</span><span>path</span><span class="code-mark">,</span><span> options</span><span class="code-mark">?):</span><span> Promise</span><span class="code-mark">&lt;</span><span>Model</span><span class="code-mark">&lt;</span><span>Prediction</span><span class="code-mark">&gt;&gt;;</span></span></code></pre></div><p>The model that <a href="/api/anygrad/node/functions/saveModel.html">saveModel</a> or <code>anygrad train --out</code> has saved.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>path</code></td><td><code>string</code></td><td>the file, or the folder of a run</td></tr><tr><td><code>options?</code></td><td><a href="/api/anygrad/node/interfaces/LoadModelOptions.html"><code>LoadModelOptions</code></a></td><td>-</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Promise</code>&lt;<a href="/api/anygrad/interfaces/Model.html"><code>Model</code></a>&lt;<a href="/api/anygrad/interfaces/Prediction.html"><code>Prediction</code></a>&gt;&gt;</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError DATA_MISSING where there is no file, DATA_FORMAT for another or a damaged one, MEMORY_LIMIT</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/node/functions/loadModel.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const loadModel = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  loadModel as default
};
