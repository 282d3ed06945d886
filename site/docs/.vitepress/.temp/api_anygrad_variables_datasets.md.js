import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: datasets","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/variables/datasets.md","filePath":"docs/api/anygrad/variables/datasets.md"}');
const _sfc_main = { name: "api/anygrad/variables/datasets.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / datasets</p><h1 id="variable-datasets" tabindex="-1">Variable: datasets <a class="header-anchor" href="#variable-datasets" aria-label="Permalink to &quot;Variable: datasets&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">const</span><span> datasets</span><span class="code-mark">:</span><span> Datasets</span><span class="code-mark">;</span></span></code></pre></div><p>The data sets that have a name: <code>await datasets.mnist()</code> gives <code>{ train, test }</code>; and <code>datasets.from</code> for one&#39;s own.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/variables/datasets.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const datasets = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  datasets as default
};
