import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: TableModel","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/TableModel.md","filePath":"docs/api/anygrad/interfaces/TableModel.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/TableModel.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / TableModel</p><h1 id="interface-tablemodel" tabindex="-1">Interface: TableModel <a class="header-anchor" href="#interface-tablemodel" aria-label="Permalink to &quot;Interface: TableModel&quot;">​</a></h1><p>What is asked of the model that a table is read for.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="classnames" tabindex="-1">classNames? <a class="header-anchor" href="#classnames" aria-label="Permalink to &quot;classNames?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly classNames</span><span class="code-mark">?:</span><span> readonly string</span><span class="code-mark">[];</span></span></code></pre></div><p>One name a class.</p><hr><h3 id="preparation" tabindex="-1">preparation? <a class="header-anchor" href="#preparation" aria-label="Permalink to &quot;preparation?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly preparation</span><span class="code-mark">?:</span><span> Preparation</span><span class="code-mark">;</span></span></code></pre></div><p>What was made of the rows that it was trained on.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/TableModel.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const TableModel = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  TableModel as default
};
