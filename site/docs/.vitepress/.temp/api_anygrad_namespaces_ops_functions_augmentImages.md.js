import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: augmentImages()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/ops/functions/augmentImages.md","filePath":"docs/api/anygrad/namespaces/ops/functions/augmentImages.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/ops/functions/augmentImages.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/ops/">ops</a> / augmentImages</p><h1 id="function-augmentimages" tabindex="-1">Function: augmentImages() <a class="header-anchor" href="#function-augmentimages" aria-label="Permalink to &quot;Function: augmentImages()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> augmentImages</span><span class="code-mark">(</span></span>
<span class="line"><span>   x</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   parameters</span><span class="code-mark">,</span><span> </span></span>
<span class="line"><span>   field</span><span class="code-mark">?,</span><span> </span></span>
<span class="line"><span>   options</span><span class="code-mark">?</span></span>
<span class="line"><span class="code-mark">):</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>Moves, brightens and blanks the images of a batch, each by eleven numbers p0 … p10 of its own.</p><p>Pixel (oy, ox) of the result is pixel (sy, sx) of x, where sx = p0 · ox + p1 · oy + p2 and sy = p3 · ox + p4 · oy + p5, by bilinear interpolation between pixels, and <code>fill</code> beyond the edge. Then p6 is added and the sum clamped to <code>low</code> … <code>high</code>. Last, the rectangle of rows p7 to p8 − 1 and columns p9 to p10 − 1 becomes <code>fill</code>. There is no gradient: it changes data, not what is learned.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>x</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>images [n, h, w, c]</td></tr><tr><td><code>parameters</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></td><td>[n, 12]: p0 … p10 of each image; the twelfth number is not used</td></tr><tr><td><code>field?</code></td><td><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a> | <code>null</code></td><td>displacements in pixels that are added to sx and sy, [h, n, 2, w], those of x before those of y (which warps an image elastically); null (default) for none</td></tr><tr><td><code>options?</code></td><td>{ <code>fill?</code>: <code>number</code>; <code>high?</code>: <code>number</code>; <code>low?</code>: <code>number</code>; }</td><td>-</td></tr><tr><td><code>options.fill?</code></td><td><code>number</code></td><td>Value of pixels beyond the edge and in the blanked rectangle. Default 0.</td></tr><tr><td><code>options.high?</code></td><td><code>number</code></td><td>Largest value of a pixel of the result. Default Infinity.</td></tr><tr><td><code>options.low?</code></td><td><code>number</code></td><td>Smallest value of a pixel of the result. Default −Infinity.</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Tensor.html"><code>Tensor</code></a></p><p>[n, h, w, c]</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError SHAPE_MISMATCH where the shapes do not fit</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/ops/functions/augmentImages.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const augmentImages = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  augmentImages as default
};
