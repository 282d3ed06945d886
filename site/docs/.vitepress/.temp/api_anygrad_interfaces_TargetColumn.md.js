import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: TargetColumn","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/TargetColumn.md","filePath":"docs/api/anygrad/interfaces/TargetColumn.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/TargetColumn.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / TargetColumn</p><h1 id="interface-targetcolumn" tabindex="-1">Interface: TargetColumn <a class="header-anchor" href="#interface-targetcolumn" aria-label="Permalink to &quot;Interface: TargetColumn&quot;">​</a></h1><p>What a regression predicts: the network gives (value − mean) / deviation, <code>predict</code> the value.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="deviation" tabindex="-1">deviation <a class="header-anchor" href="#deviation" aria-label="Permalink to &quot;deviation&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly deviation</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The training rows&#39; standard deviation.</p><hr><h3 id="mean" tabindex="-1">mean <a class="header-anchor" href="#mean" aria-label="Permalink to &quot;mean&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly mean</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The training rows&#39; mean.</p><hr><h3 id="name" tabindex="-1">name <a class="header-anchor" href="#name" aria-label="Permalink to &quot;name&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly name</span><span class="code-mark">:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>From the header.</p><hr><h3 id="unit" tabindex="-1">unit? <a class="header-anchor" href="#unit" aria-label="Permalink to &quot;unit?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly unit</span><span class="code-mark">?:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>The unit, where the header names one.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/TargetColumn.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const TargetColumn = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  TargetColumn as default
};
