import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: loadVariables()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/functions/loadVariables.md","filePath":"docs/api/anygrad/functions/loadVariables.md"}');
const _sfc_main = { name: "api/anygrad/functions/loadVariables.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / loadVariables</p><h1 id="function-loadvariables" tabindex="-1">Function: loadVariables() <a class="header-anchor" href="#function-loadvariables" aria-label="Permalink to &quot;Function: loadVariables()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> loadVariables</span><span class="code-mark">(</span></span>
<span class="line"><span>   bytes</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   variables</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   optimizers</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Promise</span><span class="code-mark">&lt;</span><span>void</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>Writes what <code>saveVariables</code> gave into variables of the same names and shapes, and into optimizers that have not begun.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>bytes</code></td><td>| <a href="/api/anygrad/keras/type-aliases/ByteSource.html"><code>ByteSource</code></a> | <code>PromiseLike</code>&lt;<a href="/api/anygrad/keras/type-aliases/ByteSource.html"><code>ByteSource</code></a>&gt;</td></tr><tr><td><code>variables</code></td><td><a href="/api/anygrad/type-aliases/NamedVariables.html"><code>NamedVariables</code></a></td></tr><tr><td><code>optimizers?</code></td><td><code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <a href="/api/anygrad/interfaces/Optimizer.html"><code>Optimizer</code></a>&gt;&gt;</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Promise</code>&lt;<code>void</code>&gt;</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError DATA_FORMAT for other bytes, SHAPE_MISMATCH and INVALID_ARGUMENT for variables and optimizers that are not those of the file; nothing is written then</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/functions/loadVariables.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const loadVariables = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  loadVariables as default
};
