import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: PredictInput","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/PredictInput.md","filePath":"docs/api/anygrad/type-aliases/PredictInput.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/PredictInput.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / PredictInput</p><h1 id="type-alias-predictinput" tabindex="-1">Type Alias: PredictInput <a class="header-anchor" href="#type-alias-predictinput" aria-label="Permalink to &quot;Type Alias: PredictInput&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> PredictInput </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> Pictures</span></span>
<span class="line"><span class="code-mark">  |</span><span> ExampleData</span></span>
<span class="line"><span class="code-mark">  |</span><span> GivenShape</span></span>
<span class="line"><span class="code-mark">  |</span><span> RawRows</span></span>
<span class="line"><span class="code-mark">  |</span><span> SeveralExamples</span><span class="code-mark">;</span></span></code></pre></div><p>Examples to predict: nested arrays [n][…], flat numbers, a tensor, <code>{ x, shape }</code>, a data set (its targets are not read), or a picture or list of pictures of any size. The numbers of a single example are an example, in their shape or flat. A model that was trained on a table takes raw rows as objects or lists; typed arrays and data sets are encoded already. Of several inputs a record of such numbers by their names, or a list in their order.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/PredictInput.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const PredictInput = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  PredictInput as default
};
