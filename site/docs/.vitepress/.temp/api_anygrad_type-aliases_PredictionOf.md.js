import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: PredictionOf<Outputs>","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/PredictionOf.md","filePath":"docs/api/anygrad/type-aliases/PredictionOf.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/PredictionOf.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / PredictionOf</p><h1 id="type-alias-predictionofoutputs" tabindex="-1">Type Alias: PredictionOf&lt;Outputs&gt; <a class="header-anchor" href="#type-alias-predictionofoutputs" aria-label="Permalink to &quot;Type Alias: PredictionOf\\&lt;Outputs\\&gt;&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> PredictionOf</span><span class="code-mark">&lt;</span><span>Outputs</span><span class="code-mark">&gt;</span><span class="code-mark"> =</span><span> Outputs </span><span class="code-keyword">extends</span><span> SymbolicTensor </span><span class="code-mark">?</span><span> Prediction </span><span class="code-mark">:</span><span> Outputs </span><span class="code-keyword">extends</span><span class="code-keyword"> readonly</span><span class="code-mark"> [</span><span>SymbolicTensor</span><span class="code-mark">]</span><span class="code-mark"> ?</span><span> Prediction </span><span class="code-mark">:</span><span> Outputs </span><span class="code-keyword">extends</span><span class="code-keyword"> readonly</span><span> SymbolicTensor</span><span class="code-mark">[]</span><span class="code-mark"> ?</span><span> Prediction</span><span class="code-mark">[]</span><span class="code-mark"> :</span><span class="code-mark"> {</span><span class="code-mark"> [</span><span>name </span><span class="code-mark">in</span><span class="code-mark"> keyof</span><span> Outputs</span><span class="code-mark">]:</span><span> Prediction </span><span class="code-mark">};</span></span></code></pre></div><p>What <code>predict</code> gives for these outputs: one prediction, a list, or a record by their names.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Type Parameter</th></tr></thead><tbody><tr><td><a id="type-parameter-outputs"></a> <code>Outputs</code> <em>extends</em> <a href="/api/anygrad/type-aliases/Tensors.html"><code>Tensors</code></a></td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/PredictionOf.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const PredictionOf = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  PredictionOf as default
};
