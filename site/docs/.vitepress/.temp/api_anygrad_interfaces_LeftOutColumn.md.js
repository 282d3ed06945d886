import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: LeftOutColumn","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/LeftOutColumn.md","filePath":"docs/api/anygrad/interfaces/LeftOutColumn.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/LeftOutColumn.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / LeftOutColumn</p><h1 id="interface-leftoutcolumn" tabindex="-1">Interface: LeftOutColumn <a class="header-anchor" href="#interface-leftoutcolumn" aria-label="Permalink to &quot;Interface: LeftOutColumn&quot;">​</a></h1><p>A column that the network does not take.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="name" tabindex="-1">name <a class="header-anchor" href="#name" aria-label="Permalink to &quot;name&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly name</span><span class="code-mark">:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>From the header.</p><hr><h3 id="reason" tabindex="-1">reason <a class="header-anchor" href="#reason" aria-label="Permalink to &quot;reason&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly reason</span><span class="code-mark">:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>Why, in a few words: &quot;all rows have 7&quot;.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/LeftOutColumn.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const LeftOutColumn = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  LeftOutColumn as default
};
