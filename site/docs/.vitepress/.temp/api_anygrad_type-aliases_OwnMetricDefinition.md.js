import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: OwnMetricDefinition<Table>","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/OwnMetricDefinition.md","filePath":"docs/api/anygrad/type-aliases/OwnMetricDefinition.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/OwnMetricDefinition.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / OwnMetricDefinition</p><h1 id="type-alias-ownmetricdefinitiontable" tabindex="-1">Type Alias: OwnMetricDefinition&lt;Table&gt; <a class="header-anchor" href="#type-alias-ownmetricdefinitiontable" aria-label="Permalink to &quot;Type Alias: OwnMetricDefinition\\&lt;Table\\&gt;&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> OwnMetricDefinition</span><span class="code-mark">&lt;</span><span>Table</span><span class="code-mark">&gt;</span><span class="code-mark"> =</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> MeanDefinition</span><span class="code-mark">&lt;</span><span>Table</span><span class="code-mark">&gt;</span></span>
<span class="line"><span class="code-mark">|</span><span> StateDefinition</span><span class="code-mark">&lt;</span><span>Table</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>What <a href="/api/anygrad/functions/defineMetric.html">defineMetric</a> takes.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Type Parameter</th></tr></thead><tbody><tr><td><a id="type-parameter-table"></a> <code>Table</code> <em>extends</em> <a href="/api/anygrad/type-aliases/OptionTable.html"><code>OptionTable</code></a></td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/OwnMetricDefinition.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const OwnMetricDefinition = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  OwnMetricDefinition as default
};
