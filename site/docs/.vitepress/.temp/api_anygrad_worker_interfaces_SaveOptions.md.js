import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SaveOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/worker/interfaces/SaveOptions.md","filePath":"docs/api/anygrad/worker/interfaces/SaveOptions.md"}');
const _sfc_main = { name: "api/anygrad/worker/interfaces/SaveOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/worker/">anygrad/worker</a> / SaveOptions</p><h1 id="interface-saveoptions" tabindex="-1">Interface: SaveOptions <a class="header-anchor" href="#interface-saveoptions" aria-label="Permalink to &quot;Interface: SaveOptions&quot;">​</a></h1><p>Options of <code>net.save</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="keep" tabindex="-1">keep? <a class="header-anchor" href="#keep" aria-label="Permalink to &quot;keep?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>keep</span><span class="code-mark">?:</span><span> readonly string</span><span class="code-mark">[];</span></span></code></pre></div><p>Names of layers whose weights stay float32. Default: none.</p><hr><h3 id="optimizer" tabindex="-1">optimizer? <a class="header-anchor" href="#optimizer" aria-label="Permalink to &quot;optimizer?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>optimizer</span><span class="code-mark">?:</span><span> boolean</span><span class="code-mark">;</span></span></code></pre></div><p>Also save what a run needs to go on bit for bit (<code>resume: true</code>): the optimizer&#39;s slots and step, and where the last run stands, its seed, history, running scores and callbacks included. Default false.</p><hr><h3 id="weights" tabindex="-1">weights? <a class="header-anchor" href="#weights" aria-label="Permalink to &quot;weights?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>weights</span><span class="code-mark">?:</span><span class="code-string"> &quot;float16&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;float32&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;int8&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>The numbers of the file&#39;s weights: &quot;float32&quot; (default), &quot;float16&quot;, half the size, or &quot;int8&quot;, a quarter, with a scale for each output of a layer. Biases and what normalises stay float32. <code>load</code> makes float32 of all; <code>quantizationReport</code> says what is lost.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/worker/interfaces/SaveOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SaveOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SaveOptions as default
};
