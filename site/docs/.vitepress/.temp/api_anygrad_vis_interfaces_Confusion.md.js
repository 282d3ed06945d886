import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: Confusion","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/vis/interfaces/Confusion.md","filePath":"docs/api/anygrad/vis/interfaces/Confusion.md"}');
const _sfc_main = { name: "api/anygrad/vis/interfaces/Confusion.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/vis/">anygrad/vis</a> / Confusion</p><h1 id="interface-confusion" tabindex="-1">Interface: Confusion <a class="header-anchor" href="#interface-confusion" aria-label="Permalink to &quot;Interface: Confusion&quot;">​</a></h1><p>Which classes were taken for which.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="classnames" tabindex="-1">classNames? <a class="header-anchor" href="#classnames" aria-label="Permalink to &quot;classNames?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly classNames</span><span class="code-mark">?:</span><span> readonly string</span><span class="code-mark">[];</span></span></code></pre></div><p>One a row; default: their numbers.</p><hr><h3 id="matrix" tabindex="-1">matrix <a class="header-anchor" href="#matrix" aria-label="Permalink to &quot;matrix&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly matrix</span><span class="code-mark">:</span><span> readonly ArrayLike</span><span class="code-mark">&lt;</span><span>number</span><span class="code-mark">&gt;[];</span></span></code></pre></div><p><code>matrix[actual][predicted]</code>, counts: as many rows as columns.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/vis/interfaces/Confusion.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Confusion = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Confusion as default
};
