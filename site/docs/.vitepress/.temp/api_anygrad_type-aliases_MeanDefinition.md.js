import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: MeanDefinition<Table>","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/MeanDefinition.md","filePath":"docs/api/anygrad/type-aliases/MeanDefinition.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/MeanDefinition.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / MeanDefinition</p><h1 id="type-alias-meandefinitiontable" tabindex="-1">Type Alias: MeanDefinition&lt;Table&gt; <a class="header-anchor" href="#type-alias-meandefinitiontable" aria-label="Permalink to &quot;Type Alias: MeanDefinition\\&lt;Table\\&gt;&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> MeanDefinition</span><span class="code-mark">&lt;</span><span>Table</span><span class="code-mark">&gt;</span><span class="code-mark"> =</span><span> OwnDefinition</span><span class="code-mark">&lt;</span><span>Table</span><span class="code-mark">,</span><span class="code-mark"> (</span><span>yTrue</span><span class="code-mark">,</span><span> yPred</span><span class="code-mark">,</span><span> call</span><span class="code-mark">)</span><span class="code-mark"> =&gt;</span><span> Tensor</span><span class="code-mark">&gt;</span><span class="code-mark"> &amp;</span><span class="code-mark"> {</span></span>
<span class="line"><span>  create</span><span class="code-mark">?:</span><span> undefined</span><span class="code-mark">;</span></span>
<span class="line"><span class="code-mark">};</span></span></code></pre></div><p>A metric that is a mean: what it computes of a batch.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Type Parameter</th></tr></thead><tbody><tr><td><a id="type-parameter-table"></a> <code>Table</code> <em>extends</em> <a href="/api/anygrad/type-aliases/OptionTable.html"><code>OptionTable</code></a></td></tr></tbody></table><h2 id="type-declaration" tabindex="-1">Type Declaration <a class="header-anchor" href="#type-declaration" aria-label="Permalink to &quot;Type Declaration&quot;">​</a></h2><h3 id="create" tabindex="-1">create? <a class="header-anchor" href="#create" aria-label="Permalink to &quot;create?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly create</span><span class="code-mark">?:</span><span class="code-number"> undefined</span><span class="code-mark">;</span></span></code></pre></div><p>Left out of a mean.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/MeanDefinition.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MeanDefinition = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MeanDefinition as default
};
