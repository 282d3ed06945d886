import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: ReadImageOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/node/interfaces/ReadImageOptions.md","filePath":"docs/api/anygrad/node/interfaces/ReadImageOptions.md"}');
const _sfc_main = { name: "api/anygrad/node/interfaces/ReadImageOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/node/">anygrad/node</a> / ReadImageOptions</p><h1 id="interface-readimageoptions" tabindex="-1">Interface: ReadImageOptions <a class="header-anchor" href="#interface-readimageoptions" aria-label="Permalink to &quot;Interface: ReadImageOptions&quot;">​</a></h1><p>Options of <a href="/api/anygrad/node/functions/readImage.html">readImage</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="maxpixels" tabindex="-1">maxPixels? <a class="header-anchor" href="#maxpixels" aria-label="Permalink to &quot;maxPixels?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly maxPixels</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The most pixels that a picture may have: small files can become gigabytes. Default 100 million.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/node/interfaces/ReadImageOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ReadImageOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ReadImageOptions as default
};
