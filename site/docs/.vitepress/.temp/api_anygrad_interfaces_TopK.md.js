import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: TopK","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/TopK.md","filePath":"docs/api/anygrad/interfaces/TopK.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/TopK.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / TopK</p><h1 id="interface-topk" tabindex="-1">Interface: TopK <a class="header-anchor" href="#interface-topk" aria-label="Permalink to &quot;Interface: TopK&quot;">​</a></h1><p>What <code>ops.topK</code> gives.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="indices" tabindex="-1">indices <a class="header-anchor" href="#indices" aria-label="Permalink to &quot;indices&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly indices</span><span class="code-mark">:</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>Where they stand along the axis, int32.</p><hr><h3 id="values" tabindex="-1">values <a class="header-anchor" href="#values" aria-label="Permalink to &quot;values&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly values</span><span class="code-mark">:</span><span> Tensor</span><span class="code-mark">;</span></span></code></pre></div><p>The k largest, the largest first.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/TopK.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const TopK = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  TopK as default
};
