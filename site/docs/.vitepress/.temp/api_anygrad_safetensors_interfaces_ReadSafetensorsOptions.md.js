import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: ReadSafetensorsOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/safetensors/interfaces/ReadSafetensorsOptions.md","filePath":"docs/api/anygrad/safetensors/interfaces/ReadSafetensorsOptions.md"}');
const _sfc_main = { name: "api/anygrad/safetensors/interfaces/ReadSafetensorsOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/safetensors/">anygrad/safetensors</a> / ReadSafetensorsOptions</p><h1 id="interface-readsafetensorsoptions" tabindex="-1">Interface: ReadSafetensorsOptions <a class="header-anchor" href="#interface-readsafetensorsoptions" aria-label="Permalink to &quot;Interface: ReadSafetensorsOptions&quot;">​</a></h1><p>Options of <a href="/api/anygrad/safetensors/functions/readSafetensors.html">readSafetensors</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="only" tabindex="-1">only? <a class="header-anchor" href="#only" aria-label="Permalink to &quot;only?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly only</span><span class="code-mark">?:</span><span> readonly string</span><span class="code-mark">[];</span></span></code></pre></div><p>Only these arrays: of a Blob or File nothing else is read. Default: all.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/safetensors/interfaces/ReadSafetensorsOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ReadSafetensorsOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ReadSafetensorsOptions as default
};
