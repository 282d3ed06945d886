import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: Augmentation","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/Augmentation.md","filePath":"docs/api/anygrad/interfaces/Augmentation.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/Augmentation.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Augmentation</p><h1 id="interface-augmentation" tabindex="-1">Interface: Augmentation <a class="header-anchor" href="#interface-augmentation" aria-label="Permalink to &quot;Interface: Augmentation&quot;">​</a></h1><p>What <code>augmentation</code> makes, for <code>fit</code>&#39;s option <code>augment</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="options" tabindex="-1">options <a class="header-anchor" href="#options" aria-label="Permalink to &quot;options&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly options</span><span class="code-mark">:</span><span> AugmentationOptions</span><span class="code-mark">;</span></span></code></pre></div><p>What it was made from, checked: plain data.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/Augmentation.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Augmentation = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Augmentation as default
};
