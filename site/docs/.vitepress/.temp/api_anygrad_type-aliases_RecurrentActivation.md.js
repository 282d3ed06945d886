import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: RecurrentActivation","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/RecurrentActivation.md","filePath":"docs/api/anygrad/type-aliases/RecurrentActivation.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/RecurrentActivation.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / RecurrentActivation</p><h1 id="type-alias-recurrentactivation" tabindex="-1">Type Alias: RecurrentActivation <a class="header-anchor" href="#type-alias-recurrentactivation" aria-label="Permalink to &quot;Type Alias: RecurrentActivation&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> RecurrentActivation </span><span class="code-mark">=</span><span> Exclude</span><span class="code-mark">&lt;</span><span>FusedActivation</span><span class="code-mark">,</span><span class="code-string"> &quot;relu6&quot;</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>The activations that the recurrent ops have.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/RecurrentActivation.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const RecurrentActivation = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  RecurrentActivation as default
};
