import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: RowValue","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/RowValue.md","filePath":"docs/api/anygrad/type-aliases/RowValue.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/RowValue.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / RowValue</p><h1 id="type-alias-rowvalue" tabindex="-1">Type Alias: RowValue <a class="header-anchor" href="#type-alias-rowvalue" aria-label="Permalink to &quot;Type Alias: RowValue&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> RowValue </span><span class="code-mark">=</span><span class="code-mark"> (</span><span>predictions</span><span class="code-mark">,</span><span> targets</span><span class="code-mark">,</span><span> row</span><span class="code-mark">)</span><span class="code-mark"> =&gt;</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>One row&#39;s contribution to a mean.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>predictions</code></td><td><a href="/api/anygrad/interfaces/Rows.html"><code>Rows</code></a></td></tr><tr><td><code>targets</code></td><td><a href="/api/anygrad/interfaces/Targets.html"><code>Targets</code></a></td></tr><tr><td><code>row</code></td><td><code>number</code></td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>number</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/RowValue.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const RowValue = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  RowValue as default
};
