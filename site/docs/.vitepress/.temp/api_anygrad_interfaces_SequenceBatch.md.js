import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SequenceBatch","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/SequenceBatch.md","filePath":"docs/api/anygrad/interfaces/SequenceBatch.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/SequenceBatch.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / SequenceBatch</p><h1 id="interface-sequencebatch" tabindex="-1">Interface: SequenceBatch <a class="header-anchor" href="#interface-sequencebatch" aria-label="Permalink to &quot;Interface: SequenceBatch&quot;">​</a></h1><p>A batch of sequences of one bucket.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="ownsteps" tabindex="-1">ownSteps <a class="header-anchor" href="#ownsteps" aria-label="Permalink to &quot;ownSteps&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly ownSteps</span><span class="code-mark">:</span><span class="code-number"> true</span><span class="code-mark">;</span></span></code></pre></div><p>The network is to run over as many steps as these have.</p><hr><h3 id="sampleweight" tabindex="-1">sampleWeight? <a class="header-anchor" href="#sampleweight" aria-label="Permalink to &quot;sampleWeight?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly sampleWeight</span><span class="code-mark">?:</span><span> Float32Array</span><span class="code-mark">&lt;</span><span>ArrayBufferLike</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>Factors on their losses, where there are some.</p><hr><h3 id="x" tabindex="-1">x <a class="header-anchor" href="#x" aria-label="Permalink to &quot;x&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly x</span><span class="code-mark">:</span><span> PaddedSequences</span><span class="code-mark">;</span></span></code></pre></div><p>As long as the longest of their bucket.</p><hr><h3 id="y" tabindex="-1">y <a class="header-anchor" href="#y" aria-label="Permalink to &quot;y&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly y</span><span class="code-mark">:</span><span> PaddedSequences </span><span class="code-mark">|</span><span> number</span><span class="code-mark">[]</span><span class="code-mark"> |</span><span> string</span><span class="code-mark">[];</span></span></code></pre></div><p>Their targets.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/SequenceBatch.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SequenceBatch = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SequenceBatch as default
};
