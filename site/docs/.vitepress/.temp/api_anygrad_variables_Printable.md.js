import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: Printable","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/variables/Printable.md","filePath":"docs/api/anygrad/variables/Printable.md"}');
const _sfc_main = { name: "api/anygrad/variables/Printable.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Printable</p><h1 id="variable-printable" tabindex="-1">Variable: Printable <a class="header-anchor" href="#variable-printable" aria-label="Permalink to &quot;Variable: Printable&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">const</span><span> Printable</span><span class="code-mark">:</span><span> PrintableClass</span><span class="code-mark">;</span></span></code></pre></div><p>The base of classes that a console shows as their <code>toString</code> says.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/variables/Printable.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Printable = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Printable as default
};
