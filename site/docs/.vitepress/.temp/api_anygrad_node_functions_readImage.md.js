import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: readImage()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/node/functions/readImage.md","filePath":"docs/api/anygrad/node/functions/readImage.md"}');
const _sfc_main = { name: "api/anygrad/node/functions/readImage.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/node/">anygrad/node</a> / readImage</p><h1 id="function-readimage" tabindex="-1">Function: readImage() <a class="header-anchor" href="#function-readimage" aria-label="Permalink to &quot;Function: readImage()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> readImage</span><span class="code-mark">(</span><span>file</span><span class="code-mark">,</span><span> options</span><span class="code-mark">?):</span><span> Promise</span><span class="code-mark">&lt;</span><span>PixelImage</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>The pixels of a PNG or JPEG file at full size, turned as EXIF says: what <code>net.predict</code> and <code>net.classify</code> take.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>file</code></td><td><code>string</code></td></tr><tr><td><code>options?</code></td><td><a href="/api/anygrad/node/interfaces/ReadImageOptions.html"><code>ReadImageOptions</code></a></td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Promise</code>&lt;<a href="/api/anygrad/interfaces/PixelImage.html"><code>PixelImage</code></a>&gt;</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError DATA_MISSING where there is no such file, DATA_FORMAT for another form or a damaged file, MEMORY_LIMIT for more than <code>maxPixels</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/node/functions/readImage.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const readImage = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  readImage as default
};
