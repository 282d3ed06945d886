import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: writeSafetensors()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/safetensors/functions/writeSafetensors.md","filePath":"docs/api/anygrad/safetensors/functions/writeSafetensors.md"}');
const _sfc_main = { name: "api/anygrad/safetensors/functions/writeSafetensors.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/safetensors/">anygrad/safetensors</a> / writeSafetensors</p><h1 id="function-writesafetensors" tabindex="-1">Function: writeSafetensors() <a class="header-anchor" href="#function-writesafetensors" aria-label="Permalink to &quot;Function: writeSafetensors()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> writeSafetensors</span><span class="code-mark">(</span><span>arrays</span><span class="code-mark">,</span><span> options</span><span class="code-mark">?):</span><span> Uint8Array</span><span class="code-mark">&lt;</span><span>ArrayBuffer</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>The bytes of a safetensors file. The same arrays in the same order give the same bytes.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>arrays</code></td><td>| <code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <a href="/api/anygrad/npz/interfaces/GivenArray.html"><code>GivenArray</code></a>&gt;&gt; | readonly (<a href="/api/anygrad/npz/interfaces/GivenArray.html"><code>GivenArray</code></a> &amp; { <code>name</code>: <code>string</code>; })[]</td><td>by name, or a list of arrays with a <code>name</code>, such as <code>net.getWeights()</code></td></tr><tr><td><code>options?</code></td><td><a href="/api/anygrad/safetensors/interfaces/WriteSafetensorsOptions.html"><code>WriteSafetensorsOptions</code></a></td><td>-</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Uint8Array</code>&lt;<code>ArrayBuffer</code>&gt;</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError INVALID_ARGUMENT for what are no arrays, or have another number of elements than their shapes</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/safetensors/functions/writeSafetensors.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const writeSafetensors = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  writeSafetensors as default
};
