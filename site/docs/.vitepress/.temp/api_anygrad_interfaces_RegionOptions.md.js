import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: RegionOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/RegionOptions.md","filePath":"docs/api/anygrad/interfaces/RegionOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/RegionOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / RegionOptions</p><h1 id="interface-regionoptions" tabindex="-1">Interface: RegionOptions <a class="header-anchor" href="#interface-regionoptions" aria-label="Permalink to &quot;Interface: RegionOptions&quot;">​</a></h1><p>Options of <a href="/api/anygrad/namespaces/losses/functions/dice.html">dice</a>.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="/api/anygrad/interfaces/TverskyOptions.html"><code>TverskyOptions</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="axis" tabindex="-1">axis? <a class="header-anchor" href="#axis" aria-label="Permalink to &quot;axis?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>axis</span><span class="code-mark">?:</span><span> number </span><span class="code-mark">|</span><span> readonly number</span><span class="code-mark">[];</span></span></code></pre></div><p>Axis or axes over which a region lies: [1, 2, 3] gives each image of a batch [n, h, w, c] a loss of its own, [1, 2] each of its channels. Default: all, the batch&#39;s too, as in Keras: the whole batch is one region, and each example has its loss.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/RegionOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const RegionOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  RegionOptions as default
};
