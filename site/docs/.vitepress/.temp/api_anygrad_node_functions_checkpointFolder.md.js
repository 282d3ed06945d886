import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: checkpointFolder()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/node/functions/checkpointFolder.md","filePath":"docs/api/anygrad/node/functions/checkpointFolder.md"}');
const _sfc_main = { name: "api/anygrad/node/functions/checkpointFolder.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/node/">anygrad/node</a> / checkpointFolder</p><h1 id="function-checkpointfolder" tabindex="-1">Function: checkpointFolder() <a class="header-anchor" href="#function-checkpointfolder" aria-label="Permalink to &quot;Function: checkpointFolder()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> checkpointFolder</span><span class="code-mark">(</span></span>
<span class="line"><span>   net</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   folder</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   options</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Callback</span><span class="code-mark">;</span></span></code></pre></div><p>A callback that saves the model and its run, at the end of each epoch as <code>epoch-0001.safetensors</code> and so on, within an epoch as <code>epoch-0001-step-000120.safetensors</code>. Put it last in the list, so that it saves what the other callbacks know. Each file is there whole or not at all, after a power cut, too, and holds a SHA-256 of itself. A disk that is full does not end the run.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>net</code></td><td><a href="/api/anygrad/interfaces/Model.html"><code>Model</code></a>&lt;<a href="/api/anygrad/type-aliases/Predictions.html"><code>Predictions</code></a>&gt;</td><td>the model that is trained</td></tr><tr><td><code>folder</code></td><td><code>string</code></td><td>is made where it is missing; one process at a time works in it</td></tr><tr><td><code>options?</code></td><td><a href="/api/anygrad/node/interfaces/CheckpointFolderOptions.html"><code>CheckpointFolderOptions</code></a></td><td>-</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Callback.html"><code>Callback</code></a></p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError INVALID_ARGUMENT for a bad option, and in the run for a folder with another run&#39;s checkpoints; OUTPUT in the run, where the folder cannot be written or another process works in it</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/node/functions/checkpointFolder.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const checkpointFolder = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  checkpointFolder as default
};
