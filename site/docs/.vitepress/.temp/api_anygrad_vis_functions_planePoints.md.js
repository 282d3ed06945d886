import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: planePoints()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/vis/functions/planePoints.md","filePath":"docs/api/anygrad/vis/functions/planePoints.md"}');
const _sfc_main = { name: "api/anygrad/vis/functions/planePoints.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/vis/">anygrad/vis</a> / planePoints</p><h1 id="function-planepoints" tabindex="-1">Function: planePoints() <a class="header-anchor" href="#function-planepoints" aria-label="Permalink to &quot;Function: planePoints()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> planePoints</span><span class="code-mark">(</span></span>
<span class="line"><span>   rows</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   columns</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   plane</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Float32Array</span><span class="code-mark">;</span></span></code></pre></div><p>The places of a plane as rows for a network with two inputs: x and y of each, row by row from the top.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>rows</code></td><td><code>number</code></td><td>and <code>columns</code> how many places</td></tr><tr><td><code>columns</code></td><td><code>number</code></td><td>-</td></tr><tr><td><code>plane?</code></td><td><a href="/api/anygrad/vis/interfaces/Plane.html"><code>Plane</code></a></td><td>-</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Float32Array</code></p><p><code>rows × columns × 2</code> numbers, of shape <code>[rows × columns, 2]</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/vis/functions/planePoints.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const planePoints = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  planePoints as default
};
