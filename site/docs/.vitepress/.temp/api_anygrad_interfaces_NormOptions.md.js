import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: NormOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/NormOptions.md","filePath":"docs/api/anygrad/interfaces/NormOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/NormOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / NormOptions</p><h1 id="interface-normoptions" tabindex="-1">Interface: NormOptions <a class="header-anchor" href="#interface-normoptions" aria-label="Permalink to &quot;Interface: NormOptions&quot;">​</a></h1><p>Options of the constraints of norms.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="axis" tabindex="-1">axis? <a class="header-anchor" href="#axis" aria-label="Permalink to &quot;axis?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>axis</span><span class="code-mark">?:</span><span> number </span><span class="code-mark">|</span><span> readonly number</span><span class="code-mark">[];</span></span></code></pre></div><p>Axis or axes of the weight along which norms are taken. Default 0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/NormOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const NormOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  NormOptions as default
};
