import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: SeveralData<T>","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/SeveralData.md","filePath":"docs/api/anygrad/type-aliases/SeveralData.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/SeveralData.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / SeveralData</p><h1 id="type-alias-severaldatat" tabindex="-1">Type Alias: SeveralData&lt;T&gt; <a class="header-anchor" href="#type-alias-severaldatat" aria-label="Permalink to &quot;Type Alias: SeveralData\\&lt;T\\&gt;&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> SeveralData</span><span class="code-mark">&lt;</span><span>T</span><span class="code-mark">&gt;</span><span class="code-mark"> =</span><span> Readonly</span><span class="code-mark">&lt;</span><span>Record</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">,</span><span> T</span><span class="code-mark">&gt;&gt;</span><span class="code-mark"> |</span><span class="code-keyword"> readonly</span><span> T</span><span class="code-mark">[];</span></span></code></pre></div><p>Examples of several inputs, or targets of several outputs: by their names, or as a list in their order. An input may be given as a data set, whose targets are not read.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Type Parameter</th></tr></thead><tbody><tr><td><a id="type-parameter-t"></a> <code>T</code></td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/SeveralData.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SeveralData = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SeveralData as default
};
