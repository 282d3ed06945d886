import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: clip()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/clip.md","filePath":"docs/api/anygrad/namespaces/ops/functions/clip.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/clip.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / clip</p><h1 id="function-clip" tabindex="-1">Function: clip() <a class="header-anchor" href="#function-clip" aria-label="Permalink to &quot;Function: clip()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> clip</span><span class="code-mark">(</span></span>
<span class="line"><span>   x</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   low</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   high</span></span>
<span class="line"><span class="code-mark">):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>x kept within limits: y = low where x &lt; low, high where x &gt; high, else x, element by element. dx = dy within the limits and on them, 0 outside. With one limit alone use <code>maximum</code> or <code>minimum</code> with a number.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>-</td></tr><tr><td><code>low</code></td><td><code>number</code></td><td>smallest result, as float32; −Infinity for none</td></tr><tr><td><code>high</code></td><td><code>number</code></td><td>largest result; Infinity for none</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError INVALID_ARGUMENT where the limits are no numbers or low is above high</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/clip.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const clip = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  clip as default
};
