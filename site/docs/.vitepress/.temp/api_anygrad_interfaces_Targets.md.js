import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: Targets","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/Targets.md","filePath":"docs/api/anygrad/interfaces/Targets.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/Targets.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Targets</p><h1 id="interface-targets" tabindex="-1">Interface: Targets <a class="header-anchor" href="#interface-targets" aria-label="Permalink to &quot;Interface: Targets&quot;">​</a></h1><p>The targets of a batch: one class index (or number) a row, or dense values <code>[rows, columns]</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="dense" tabindex="-1">dense? <a class="header-anchor" href="#dense" aria-label="Permalink to &quot;dense?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly dense</span><span class="code-mark">?:</span><span> Float32Array</span><span class="code-mark">&lt;</span><span>ArrayBufferLike</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>As many numbers a row as the predictions have.</p><hr><h3 id="labels" tabindex="-1">labels? <a class="header-anchor" href="#labels" aria-label="Permalink to &quot;labels?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly labels</span><span class="code-mark">?:</span><span> ArrayLike</span><span class="code-mark">&lt;</span><span>number</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>One class index, or number, a row.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/Targets.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Targets = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Targets as default
};
