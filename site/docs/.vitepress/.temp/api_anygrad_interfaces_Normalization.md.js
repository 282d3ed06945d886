import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: Normalization","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/Normalization.md","filePath":"docs/api/anygrad/interfaces/Normalization.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/Normalization.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Normalization</p><h1 id="interface-normalization" tabindex="-1">Interface: Normalization <a class="header-anchor" href="#interface-normalization" aria-label="Permalink to &quot;Interface: Normalization&quot;">​</a></h1><p>Turns stored values into the network&#39;s: x&#39; = x · scale + shift, one pair for the whole set.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="scale" tabindex="-1">scale <a class="header-anchor" href="#scale" aria-label="Permalink to &quot;scale&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly scale</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The factor; 1 / 255 brings bytes to 0 … 1.</p><hr><h3 id="shift" tabindex="-1">shift <a class="header-anchor" href="#shift" aria-label="Permalink to &quot;shift&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly shift</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>What is added after the multiplication.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/Normalization.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Normalization = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Normalization as default
};
