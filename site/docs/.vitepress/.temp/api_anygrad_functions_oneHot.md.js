import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: oneHot()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/functions/oneHot.md","filePath":"docs/api/anygrad/functions/oneHot.md"}');
const _sfc_main = { name: "api/anygrad/functions/oneHot.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / oneHot</p><h1 id="function-onehot" tabindex="-1">Function: oneHot() <a class="header-anchor" href="#function-onehot" aria-label="Permalink to &quot;Function: oneHot()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> oneHot</span><span class="code-mark">(</span><span>labels</span><span class="code-mark">,</span><span> classes</span><span class="code-mark">):</span><span> Float32Array</span><span class="code-mark">;</span></span></code></pre></div><p>Class indices as one-hot rows, zeros with a single one: <code>[n]</code> gives <code>[n * classes]</code>, row-major. The op on tensors is <code>ops.oneHot</code>.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>labels</code></td><td><code>ArrayLike</code>&lt;<code>number</code>&gt;</td><td>class indices from 0 to classes − 1</td></tr><tr><td><code>classes</code></td><td><code>number</code></td><td>length of a row</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Float32Array</code></p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-js"><button title="Copy Code" class="copy"></button><span class="lang">js</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">import</span><span class="code-mark"> {</span><span> oneHot </span><span class="code-mark">}</span><span class="code-keyword"> from</span><span class="code-string"> &quot;anygrad&quot;</span><span class="code-mark">;</span></span>
<span class="line"></span>
<span class="line"><span>console</span><span class="code-mark">.</span><span class="code-name">log</span><span class="code-mark">(</span><span class="code-name">oneHot</span><span class="code-mark">([</span><span class="code-number">2</span><span class="code-mark">,</span><span class="code-number"> 0</span><span class="code-mark">],</span><span class="code-number"> 3</span><span class="code-mark">));</span><span class="code-comment"> // Float32Array(6) [0, 0, 1, 1, 0, 0]</span></span></code></pre></div><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError DATA_FORMAT for a label that is not one of 0 … classes - 1</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/functions/oneHot.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const oneHot = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  oneHot as default
};
