import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: PaddedSequences","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/PaddedSequences.md","filePath":"docs/api/anygrad/interfaces/PaddedSequences.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/PaddedSequences.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / PaddedSequences</p><h1 id="interface-paddedsequences" tabindex="-1">Interface: PaddedSequences <a class="header-anchor" href="#interface-paddedsequences" aria-label="Permalink to &quot;Interface: PaddedSequences&quot;">​</a></h1><p>Sequences of one length.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="data" tabindex="-1">data <a class="header-anchor" href="#data" aria-label="Permalink to &quot;data&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly data</span><span class="code-mark">:</span><span> Float32Array</span><span class="code-mark">&lt;</span><span>ArrayBufferLike</span><span class="code-mark">&gt;</span><span class="code-mark"> |</span><span> Int32Array</span><span class="code-mark">&lt;</span><span>ArrayBufferLike</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>The numbers, row-major: whole ones as Int32Array.</p><hr><h3 id="shape" tabindex="-1">shape <a class="header-anchor" href="#shape" aria-label="Permalink to &quot;shape&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly shape</span><span class="code-mark">:</span><span> readonly number</span><span class="code-mark">[];</span></span></code></pre></div><p>[n, maxlen], or [n, maxlen, ...] of lists in place of numbers.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/PaddedSequences.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const PaddedSequences = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  PaddedSequences as default
};
