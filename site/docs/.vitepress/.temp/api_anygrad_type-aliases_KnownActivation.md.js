import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: KnownActivation","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/KnownActivation.md","filePath":"docs/api/anygrad/type-aliases/KnownActivation.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/KnownActivation.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / KnownActivation</p><h1 id="type-alias-knownactivation" tabindex="-1">Type Alias: KnownActivation <a class="header-anchor" href="#type-alias-knownactivation" aria-label="Permalink to &quot;Type Alias: KnownActivation&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> KnownActivation </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;linear&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;relu&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;leakyRelu&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;elu&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;gelu&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;silu&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;sigmoid&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;tanh&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;softplus&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;softmax&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;logSoftmax&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span> LateActivation</span><span class="code-mark">;</span></span></code></pre></div><p>The names of the activations.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/KnownActivation.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const KnownActivation = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  KnownActivation as default
};
