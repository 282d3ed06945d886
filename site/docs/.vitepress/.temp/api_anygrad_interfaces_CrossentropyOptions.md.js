import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: CrossentropyOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/CrossentropyOptions.md","filePath":"docs/api/anygrad/interfaces/CrossentropyOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/CrossentropyOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / CrossentropyOptions</p><h1 id="interface-crossentropyoptions" tabindex="-1">Interface: CrossentropyOptions <a class="header-anchor" href="#interface-crossentropyoptions" aria-label="Permalink to &quot;Interface: CrossentropyOptions&quot;">​</a></h1><p>Options of the cross-entropies.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="/api/anygrad/interfaces/AxisCrossentropyOptions.html"><code>AxisCrossentropyOptions</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="fromlogits" tabindex="-1">fromLogits? <a class="header-anchor" href="#fromlogits" aria-label="Permalink to &quot;fromLogits?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>fromLogits</span><span class="code-mark">?:</span><span> boolean</span><span class="code-mark">;</span></span></code></pre></div><p>Are the predictions logits? Default false: probabilities.</p><hr><h3 id="labelsmoothing" tabindex="-1">labelSmoothing? <a class="header-anchor" href="#labelsmoothing" aria-label="Permalink to &quot;labelSmoothing?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>labelSmoothing</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Share of every target that is spread over the classes. Default 0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/CrossentropyOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const CrossentropyOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  CrossentropyOptions as default
};
