import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: CategoryOutput","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/CategoryOutput.md","filePath":"docs/api/anygrad/type-aliases/CategoryOutput.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/CategoryOutput.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / CategoryOutput</p><h1 id="type-alias-categoryoutput" tabindex="-1">Type Alias: CategoryOutput <a class="header-anchor" href="#type-alias-categoryoutput" aria-label="Permalink to &quot;Type Alias: CategoryOutput&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> CategoryOutput </span><span class="code-mark">=</span><span class="code-string"> &quot;oneHot&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;multiHot&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;count&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>What categories become. &quot;oneHot&quot;: a row for each, 1 at its place. &quot;multiHot&quot;: a row for the last axis, 1 at the place of each that is there. &quot;count&quot;: how often.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/CategoryOutput.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const CategoryOutput = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  CategoryOutput as default
};
