import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: ParameterCounts","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/ParameterCounts.md","filePath":"docs/api/anygrad/interfaces/ParameterCounts.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/ParameterCounts.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / ParameterCounts</p><h1 id="interface-parametercounts" tabindex="-1">Interface: ParameterCounts <a class="header-anchor" href="#interface-parametercounts" aria-label="Permalink to &quot;Interface: ParameterCounts&quot;">​</a></h1><p>Numbers of parameters.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="nontrainable" tabindex="-1">nonTrainable <a class="header-anchor" href="#nontrainable" aria-label="Permalink to &quot;nonTrainable&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly nonTrainable</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Those of frozen layers, and moving statistics.</p><hr><h3 id="total" tabindex="-1">total <a class="header-anchor" href="#total" aria-label="Permalink to &quot;total&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly total</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>All of them.</p><hr><h3 id="trainable" tabindex="-1">trainable <a class="header-anchor" href="#trainable" aria-label="Permalink to &quot;trainable&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly trainable</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Those that training changes.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/ParameterCounts.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ParameterCounts = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ParameterCounts as default
};
