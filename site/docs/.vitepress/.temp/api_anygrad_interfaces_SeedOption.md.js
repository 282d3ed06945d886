import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SeedOption","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/SeedOption.md","filePath":"docs/api/anygrad/interfaces/SeedOption.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/SeedOption.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / SeedOption</p><h1 id="interface-seedoption" tabindex="-1">Interface: SeedOption <a class="header-anchor" href="#interface-seedoption" aria-label="Permalink to &quot;Interface: SeedOption&quot;">​</a></h1><p>Options of the initializers that draw.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="/api/anygrad/interfaces/NormalOptions.html"><code>NormalOptions</code></a></li><li><a href="/api/anygrad/interfaces/VarianceScalingOptions.html"><code>VarianceScalingOptions</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="seed" tabindex="-1">seed? <a class="header-anchor" href="#seed" aria-label="Permalink to &quot;seed?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>seed</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Draws the same numbers wherever it is used, whatever the model&#39;s seed. Default: other ones for each weight, by the model&#39;s.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/SeedOption.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SeedOption = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SeedOption as default
};
