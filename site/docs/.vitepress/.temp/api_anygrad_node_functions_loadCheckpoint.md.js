import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: loadCheckpoint()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/node/functions/loadCheckpoint.md","filePath":"docs/api/anygrad/node/functions/loadCheckpoint.md"}');
const _sfc_main = { name: "api/anygrad/node/functions/loadCheckpoint.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/node/">anygrad/node</a> / loadCheckpoint</p><h1 id="function-loadcheckpoint" tabindex="-1">Function: loadCheckpoint() <a class="header-anchor" href="#function-loadcheckpoint" aria-label="Permalink to &quot;Function: loadCheckpoint()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> loadCheckpoint</span><span class="code-mark">(</span><span>folder</span><span class="code-mark">,</span><span> options</span><span class="code-mark">?):</span><span> Promise</span><span class="code-mark">&lt;</span></span>
<span class="line"><span class="code-mark">  |</span><span> Model</span><span class="code-mark">&lt;</span><span>Prediction</span><span class="code-mark">&gt;</span></span>
<span class="line"><span class="code-mark">|</span><span> undefined</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>The model and run of the newest checkpoint in a folder that is whole, or of the best; undefined where there is none. Newer ones that are damaged are told by their names.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>folder</code></td><td><code>string</code></td></tr><tr><td><code>options?</code></td><td><a href="/api/anygrad/node/interfaces/LoadCheckpointOptions.html"><code>LoadCheckpointOptions</code></a></td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Promise</code>&lt; | <a href="/api/anygrad/interfaces/Model.html"><code>Model</code></a>&lt;<a href="/api/anygrad/interfaces/Prediction.html"><code>Prediction</code></a>&gt; | <code>undefined</code>&gt;</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError DATA_FORMAT where all are damaged, MEMORY_LIMIT</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/node/functions/loadCheckpoint.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const loadCheckpoint = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  loadCheckpoint as default
};
