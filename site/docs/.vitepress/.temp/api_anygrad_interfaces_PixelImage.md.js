import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: PixelImage","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/PixelImage.md","filePath":"docs/api/anygrad/interfaces/PixelImage.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/PixelImage.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / PixelImage</p><h1 id="interface-pixelimage" tabindex="-1">Interface: PixelImage <a class="header-anchor" href="#interface-pixelimage" aria-label="Permalink to &quot;Interface: PixelImage&quot;">​</a></h1><p>Decoded pixels, such as an <code>ImageData</code> or what <code>readImage</code> of anygrad/node gives.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="data" tabindex="-1">data <a class="header-anchor" href="#data" aria-label="Permalink to &quot;data&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly data</span><span class="code-mark">:</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> Uint8Array</span><span class="code-mark">&lt;</span><span>ArrayBufferLike</span><span class="code-mark">&gt;</span></span>
<span class="line"><span class="code-mark">|</span><span> Uint8ClampedArray</span><span class="code-mark">&lt;</span><span>ArrayBufferLike</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>Red, green, blue and opacity of each pixel, 0 to 255, row by row.</p><hr><h3 id="height" tabindex="-1">height <a class="header-anchor" href="#height" aria-label="Permalink to &quot;height&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly height</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Pixels.</p><hr><h3 id="width" tabindex="-1">width <a class="header-anchor" href="#width" aria-label="Permalink to &quot;width&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly width</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Pixels.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/PixelImage.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const PixelImage = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  PixelImage as default
};
