import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: WeightsSource","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/worker/type-aliases/WeightsSource.md","filePath":"docs/api/anygrad/worker/type-aliases/WeightsSource.md"}');
const _sfc_main = { name: "api/anygrad/worker/type-aliases/WeightsSource.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/worker/">anygrad/worker</a> / WeightsSource</p><h1 id="type-alias-weightssource" tabindex="-1">Type Alias: WeightsSource <a class="header-anchor" href="#type-alias-weightssource" aria-label="Permalink to &quot;Type Alias: WeightsSource&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> WeightsSource </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> ByteSource</span></span>
<span class="line"><span class="code-mark">  |</span><span> PromiseLike</span><span class="code-mark">&lt;</span><span>ByteSource</span><span class="code-mark">&gt;</span></span>
<span class="line"><span class="code-mark">  |</span><span> GivenWeights</span><span class="code-mark">;</span></span></code></pre></div><p>What <code>net.loadWeights</code> reads.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/worker/type-aliases/WeightsSource.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const WeightsSource = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  WeightsSource as default
};
