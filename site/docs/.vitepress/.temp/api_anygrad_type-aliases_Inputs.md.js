import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Inputs<Count, T>","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/Inputs.md","filePath":"docs/api/anygrad/type-aliases/Inputs.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/Inputs.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Inputs</p><h1 id="type-alias-inputscount-t" tabindex="-1">Type Alias: Inputs&lt;Count, T&gt; <a class="header-anchor" href="#type-alias-inputscount-t" aria-label="Permalink to &quot;Type Alias: Inputs\\&lt;Count, T\\&gt;&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Inputs</span><span class="code-mark">&lt;</span><span>Count</span><span class="code-mark">,</span><span> T</span><span class="code-mark">&gt;</span><span class="code-mark"> =</span><span> Count </span><span class="code-keyword">extends</span><span> number </span><span class="code-mark">|</span><span class="code-string"> &quot;any&quot;</span><span class="code-mark"> ?</span><span class="code-keyword"> readonly</span><span> T</span><span class="code-mark">[]</span><span class="code-mark"> :</span><span> T</span><span class="code-mark">;</span></span></code></pre></div><p>The inputs of a layer: one, or a list where the definition says how many.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Type Parameter</th></tr></thead><tbody><tr><td><a id="type-parameter-count"></a> <code>Count</code></td></tr><tr><td><a id="type-parameter-t"></a> <code>T</code></td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/Inputs.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Inputs = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Inputs as default
};
