import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: WeightsReport","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/worker/interfaces/WeightsReport.md","filePath":"docs/api/anygrad/worker/interfaces/WeightsReport.md"}');
const _sfc_main = { name: "api/anygrad/worker/interfaces/WeightsReport.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/worker/">anygrad/worker</a> / WeightsReport</p><h1 id="interface-weightsreport" tabindex="-1">Interface: WeightsReport <a class="header-anchor" href="#interface-weightsreport" aria-label="Permalink to &quot;Interface: WeightsReport&quot;">​</a></h1><p>What <code>net.loadWeights</code> did.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="loaded" tabindex="-1">loaded <a class="header-anchor" href="#loaded" aria-label="Permalink to &quot;loaded&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly loaded</span><span class="code-mark">:</span><span> readonly string</span><span class="code-mark">[];</span></span></code></pre></div><p>The weights that were overwritten, by their names in the model.</p><hr><h3 id="mismatched" tabindex="-1">mismatched <a class="header-anchor" href="#mismatched" aria-label="Permalink to &quot;mismatched&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly mismatched</span><span class="code-mark">:</span><span> readonly </span><span class="code-mark">{</span></span>
<span class="line"><span>  fileShape</span><span class="code-mark">:</span><span> Shape</span><span class="code-mark">;</span></span>
<span class="line"><span>  name</span><span class="code-mark">:</span><span> string</span><span class="code-mark">;</span></span>
<span class="line"><span>  shape</span><span class="code-mark">:</span><span> Shape</span><span class="code-mark">;</span></span>
<span class="line"><span class="code-mark">}[];</span></span></code></pre></div><p>Weights that have another shape in the file: they stay as they were.</p><hr><h3 id="missing" tabindex="-1">missing <a class="header-anchor" href="#missing" aria-label="Permalink to &quot;missing&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly missing</span><span class="code-mark">:</span><span> readonly string</span><span class="code-mark">[];</span></span></code></pre></div><p>Weights of the model that the file has not: they stay as they were.</p><hr><h3 id="unexpected" tabindex="-1">unexpected <a class="header-anchor" href="#unexpected" aria-label="Permalink to &quot;unexpected&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly unexpected</span><span class="code-mark">:</span><span> readonly string</span><span class="code-mark">[];</span></span></code></pre></div><p>Arrays of the file that the model has not.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/worker/interfaces/WeightsReport.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const WeightsReport = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  WeightsReport as default
};
