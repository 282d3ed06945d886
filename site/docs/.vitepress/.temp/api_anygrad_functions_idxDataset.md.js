import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: idxDataset()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/functions/idxDataset.md","filePath":"docs/api/anygrad/functions/idxDataset.md"}');
const _sfc_main = { name: "api/anygrad/functions/idxDataset.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / idxDataset</p><h1 id="function-idxdataset" tabindex="-1">Function: idxDataset() <a class="header-anchor" href="#function-idxdataset" aria-label="Permalink to &quot;Function: idxDataset()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> idxDataset</span><span class="code-mark">(</span></span>
<span class="line"><span>   images</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   labels</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   given</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Dataset</span><span class="code-mark">;</span></span></code></pre></div><p>Joins an image file <code>[n, h, w]</code> or <code>[n, h, w, c]</code> of bytes and a label file <code>[n]</code> of whole numbers into a dataset <code>[n, h, w, c]</code>. Of a label file <code>[n, k]</code>, such as QMNIST&#39;s, the first column is taken.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>images</code></td><td><a href="/api/anygrad/interfaces/IdxArray.html"><code>IdxArray</code></a></td></tr><tr><td><code>labels</code></td><td><a href="/api/anygrad/interfaces/IdxArray.html"><code>IdxArray</code></a></td></tr><tr><td><code>given?</code></td><td><code>Pick</code>&lt;<a href="/api/anygrad/interfaces/DatasetOptions.html"><code>DatasetOptions</code></a>, <code>&quot;name&quot;</code> | <code>&quot;classNames&quot;</code>&gt;</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Dataset.html"><code>Dataset</code></a></p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH where the counts differ, DATA_FORMAT for other types, dimensions or labels out of range</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/functions/idxDataset.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const idxDataset = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  idxDataset as default
};
