import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: NormalOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/NormalOptions.md","filePath":"docs/api/anygrad/interfaces/NormalOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/NormalOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / NormalOptions</p><h1 id="interface-normaloptions" tabindex="-1">Interface: NormalOptions <a class="header-anchor" href="#interface-normaloptions" aria-label="Permalink to &quot;Interface: NormalOptions&quot;">​</a></h1><p>Options of the normal distributions.</p><h2 id="extends" tabindex="-1">Extends <a class="header-anchor" href="#extends" aria-label="Permalink to &quot;Extends&quot;">​</a></h2><ul><li><a href="/api/anygrad/interfaces/SeedOption.html"><code>SeedOption</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="mean" tabindex="-1">mean? <a class="header-anchor" href="#mean" aria-label="Permalink to &quot;mean?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>mean</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The mean. Default 0.</p><hr><h3 id="seed" tabindex="-1">seed? <a class="header-anchor" href="#seed" aria-label="Permalink to &quot;seed?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>seed</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Draws the same numbers wherever it is used, whatever the model&#39;s seed. Default: other ones for each weight, by the model&#39;s.</p><h4 id="inherited-from" tabindex="-1">Inherited from <a class="header-anchor" href="#inherited-from" aria-label="Permalink to &quot;Inherited from&quot;">​</a></h4><p><a href="/api/anygrad/interfaces/SeedOption.html"><code>SeedOption</code></a>.<a href="/api/anygrad/interfaces/SeedOption.html#seed"><code>seed</code></a></p><hr><h3 id="stddev" tabindex="-1">stddev? <a class="header-anchor" href="#stddev" aria-label="Permalink to &quot;stddev?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>stddev</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The standard deviation. Default 0.05.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/NormalOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const NormalOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  NormalOptions as default
};
