import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: GivenWeights","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/worker/type-aliases/GivenWeights.md","filePath":"docs/api/anygrad/worker/type-aliases/GivenWeights.md"}');
const _sfc_main = { name: "api/anygrad/worker/type-aliases/GivenWeights.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/worker/">anygrad/worker</a> / GivenWeights</p><h1 id="type-alias-givenweights" tabindex="-1">Type Alias: GivenWeights <a class="header-anchor" href="#type-alias-givenweights" aria-label="Permalink to &quot;Type Alias: GivenWeights&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> GivenWeights </span><span class="code-mark">=</span><span> Readonly</span><span class="code-mark">&lt;</span><span>Record</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">,</span><span> GivenWeight</span><span class="code-mark">&gt;&gt;;</span></span></code></pre></div><p>Arrays of a file by their names: what <code>readNpz</code> and <code>readSafetensors</code> give.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/worker/type-aliases/GivenWeights.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const GivenWeights = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  GivenWeights as default
};
