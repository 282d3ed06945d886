import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: Attributes","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/Attributes.md","filePath":"docs/api/anygrad/interfaces/Attributes.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/Attributes.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Attributes</p><h1 id="interface-attributes" tabindex="-1">Interface: Attributes <a class="header-anchor" href="#interface-attributes" aria-label="Permalink to &quot;Interface: Attributes&quot;">​</a></h1><p>Options of <code>ops.penalty</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="l1" tabindex="-1">l1 <a class="header-anchor" href="#l1" aria-label="Permalink to &quot;l1&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>l1</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Factor of the sum of the magnitudes. Default 0.</p><hr><h3 id="l2" tabindex="-1">l2 <a class="header-anchor" href="#l2" aria-label="Permalink to &quot;l2&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>l2</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Factor of the sum of the squares. Default 0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/Attributes.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Attributes = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Attributes as default
};
