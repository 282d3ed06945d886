import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: TriedRate","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/TriedRate.md","filePath":"docs/api/anygrad/interfaces/TriedRate.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/TriedRate.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / TriedRate</p><h1 id="interface-triedrate" tabindex="-1">Interface: TriedRate <a class="header-anchor" href="#interface-triedrate" aria-label="Permalink to &quot;Interface: TriedRate&quot;">​</a></h1><p>A rate that was tried.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="learningrate" tabindex="-1">learningRate <a class="header-anchor" href="#learningrate" aria-label="Permalink to &quot;learningRate&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly learningRate</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The learning rate.</p><hr><h3 id="loss" tabindex="-1">loss <a class="header-anchor" href="#loss" aria-label="Permalink to &quot;loss&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly loss</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The loss before a step by it, smoothed over the steps before.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/TriedRate.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const TriedRate = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  TriedRate as default
};
