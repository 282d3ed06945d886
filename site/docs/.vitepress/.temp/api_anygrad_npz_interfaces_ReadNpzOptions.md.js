import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: ReadNpzOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/npz/interfaces/ReadNpzOptions.md","filePath":"docs/api/anygrad/npz/interfaces/ReadNpzOptions.md"}');
const _sfc_main = { name: "api/anygrad/npz/interfaces/ReadNpzOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/npz/">anygrad/npz</a> / ReadNpzOptions</p><h1 id="interface-readnpzoptions" tabindex="-1">Interface: ReadNpzOptions <a class="header-anchor" href="#interface-readnpzoptions" aria-label="Permalink to &quot;Interface: ReadNpzOptions&quot;">​</a></h1><p>Options of <a href="/api/anygrad/npz/functions/readNpz.html">readNpz</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="maxbytes" tabindex="-1">maxBytes? <a class="header-anchor" href="#maxbytes" aria-label="Permalink to &quot;maxBytes?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly maxBytes</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The most bytes that the archive may unpack to: small files can become gigabytes. Default 2³¹.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/npz/interfaces/ReadNpzOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ReadNpzOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ReadNpzOptions as default
};
