import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: FusedActivation","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/FusedActivation.md","filePath":"docs/api/anygrad/type-aliases/FusedActivation.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/FusedActivation.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / FusedActivation</p><h1 id="type-alias-fusedactivation" tabindex="-1">Type Alias: FusedActivation <a class="header-anchor" href="#type-alias-fusedactivation" aria-label="Permalink to &quot;Type Alias: FusedActivation&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> FusedActivation </span><span class="code-mark">=</span><span class="code-string"> &quot;linear&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;relu&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;sigmoid&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;tanh&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;relu6&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>Activation that an op applies while it writes its output: &quot;linear&quot; (none), &quot;relu&quot; max(x, 0), &quot;sigmoid&quot; 1 / (1 + e^−x), &quot;tanh&quot; or &quot;relu6&quot; min(max(x, 0), 6). Other activations are ops of their own.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/FusedActivation.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const FusedActivation = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  FusedActivation as default
};
