import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: Points","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/vis/interfaces/Points.md","filePath":"docs/api/anygrad/vis/interfaces/Points.md"}');
const _sfc_main = { name: "api/anygrad/vis/interfaces/Points.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/vis/">anygrad/vis</a> / Points</p><h1 id="interface-points" tabindex="-1">Interface: Points <a class="header-anchor" href="#interface-points" aria-label="Permalink to &quot;Interface: Points&quot;">​</a></h1><p>Points of one name.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="x" tabindex="-1">x <a class="header-anchor" href="#x" aria-label="Permalink to &quot;x&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly x</span><span class="code-mark">:</span><span> ArrayLike</span><span class="code-mark">&lt;</span><span>number</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>How many as <code>y</code>.</p><hr><h3 id="y" tabindex="-1">y <a class="header-anchor" href="#y" aria-label="Permalink to &quot;y&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly y</span><span class="code-mark">:</span><span> ArrayLike</span><span class="code-mark">&lt;</span><span>number</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>How many as <code>x</code>.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/vis/interfaces/Points.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Points = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Points as default
};
