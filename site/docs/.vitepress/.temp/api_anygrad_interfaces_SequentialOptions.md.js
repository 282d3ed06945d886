import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SequentialOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/SequentialOptions.md","filePath":"docs/api/anygrad/interfaces/SequentialOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/SequentialOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / SequentialOptions</p><h1 id="interface-sequentialoptions" tabindex="-1">Interface: SequentialOptions <a class="header-anchor" href="#interface-sequentialoptions" aria-label="Permalink to &quot;Interface: SequentialOptions&quot;">​</a></h1><p>Options of <a href="/api/anygrad/functions/sequential.html">sequential</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="inputshape" tabindex="-1">inputShape? <a class="header-anchor" href="#inputshape" aria-label="Permalink to &quot;inputShape?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>inputShape</span><span class="code-mark">?:</span><span> ExampleShape</span><span class="code-mark">;</span></span></code></pre></div><p>Shape of an example, without the batch axis; null where a length is open, as in <code>[null, 8]</code>. Default: that of <code>input({ shape })</code> or of the layer at the beginning of the list, where they say it, else that of the first data that the model is given.</p><hr><h3 id="name" tabindex="-1">name? <a class="header-anchor" href="#name" aria-label="Permalink to &quot;name?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>name</span><span class="code-mark">?:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>Default &quot;sequential&quot;.</p><hr><h3 id="seed" tabindex="-1">seed? <a class="header-anchor" href="#seed" aria-label="Permalink to &quot;seed?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>seed</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Seed of the first weights. Default 0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/SequentialOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SequentialOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SequentialOptions as default
};
