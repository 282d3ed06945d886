import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: InputShapes","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/keras/type-aliases/InputShapes.md","filePath":"docs/api/anygrad/keras/type-aliases/InputShapes.md"}');
const _sfc_main = { name: "api/anygrad/keras/type-aliases/InputShapes.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/keras/">anygrad/keras</a> / InputShapes</p><h1 id="type-alias-inputshapes" tabindex="-1">Type Alias: InputShapes <a class="header-anchor" href="#type-alias-inputshapes" aria-label="Permalink to &quot;Type Alias: InputShapes&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> InputShapes </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> Shape</span></span>
<span class="line"><span class="code-mark">|</span><span> Readonly</span><span class="code-mark">&lt;</span><span>Record</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">,</span><span> Shape</span><span class="code-mark">&gt;&gt;;</span></span></code></pre></div><p>Shapes of examples, where the file leaves sizes open: of the one input, or by the names of several.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/keras/type-aliases/InputShapes.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const InputShapes = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  InputShapes as default
};
