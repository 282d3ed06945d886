import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: PrintableClass","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/PrintableClass.md","filePath":"docs/api/anygrad/interfaces/PrintableClass.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/PrintableClass.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / PrintableClass</p><h1 id="interface-printableclass" tabindex="-1">Interface: PrintableClass <a class="header-anchor" href="#interface-printableclass" aria-label="Permalink to &quot;Interface: PrintableClass&quot;">​</a></h1><p>A class whose objects a console shows as one line.</p><h2 id="constructors" tabindex="-1">Constructors <a class="header-anchor" href="#constructors" aria-label="Permalink to &quot;Constructors&quot;">​</a></h2><h3 id="constructor" tabindex="-1">Constructor <a class="header-anchor" href="#constructor" aria-label="Permalink to &quot;Constructor&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-mark">new</span><span class="code-name"> PrintableClass</span><span class="code-mark">()</span><span>: object</span><span class="code-mark">;</span></span></code></pre></div><p>Makes an object.</p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>object</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/PrintableClass.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const PrintableClass = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  PrintableClass as default
};
