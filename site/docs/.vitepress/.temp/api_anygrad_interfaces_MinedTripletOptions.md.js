import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: MinedTripletOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/MinedTripletOptions.md","filePath":"docs/api/anygrad/interfaces/MinedTripletOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/MinedTripletOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / MinedTripletOptions</p><h1 id="interface-minedtripletoptions" tabindex="-1">Interface: MinedTripletOptions <a class="header-anchor" href="#interface-minedtripletoptions" aria-label="Permalink to &quot;Interface: MinedTripletOptions&quot;">​</a></h1><p>Options of <a href="/api/anygrad/namespaces/losses/functions/tripletSemiHard.html">tripletSemiHard</a>.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="/api/anygrad/interfaces/TripletHardOptions.html"><code>TripletHardOptions</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="distance" tabindex="-1">distance? <a class="header-anchor" href="#distance" aria-label="Permalink to &quot;distance?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>distance</span><span class="code-mark">?:</span><span> TripletDistance</span><span class="code-mark">;</span></span></code></pre></div><p>Default &quot;L2&quot;.</p><hr><h3 id="margin" tabindex="-1">margin? <a class="header-anchor" href="#margin" aria-label="Permalink to &quot;margin?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>margin</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>How much farther than one of its class an example of another one should be. Default 1.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/MinedTripletOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MinedTripletOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MinedTripletOptions as default
};
