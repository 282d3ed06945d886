import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: ActivationLike","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/ActivationLike.md","filePath":"docs/api/anygrad/type-aliases/ActivationLike.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/ActivationLike.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / ActivationLike</p><h1 id="type-alias-activationlike" tabindex="-1">Type Alias: ActivationLike <a class="header-anchor" href="#type-alias-activationlike" aria-label="Permalink to &quot;Type Alias: ActivationLike&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> ActivationLike </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> ActivationName</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;swish&quot;</span></span>
<span class="line"><span class="code-mark">|</span><span> Definition</span><span class="code-mark">&lt;[],</span><span> OwnActivation</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>The activations that layers take as an option; <code>swish</code> is another name of silu. <code>hardSigmoid2</code> is clip(0.2 x + 0.5, 0, 1), the hard sigmoid of Keras 2 and TensorFlow.js; <code>hardSigmoid</code> is that of Keras 3, clip(x / 6 + 0.5, 0, 1).</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/ActivationLike.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ActivationLike = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ActivationLike as default
};
