import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: MatmulAttributes","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/MatmulAttributes.md","filePath":"docs/api/anygrad/interfaces/MatmulAttributes.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/MatmulAttributes.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / MatmulAttributes</p><h1 id="interface-matmulattributes" tabindex="-1">Interface: MatmulAttributes <a class="header-anchor" href="#interface-matmulattributes" aria-label="Permalink to &quot;Interface: MatmulAttributes&quot;">​</a></h1><p>Options of <code>ops.matmul</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="transposea" tabindex="-1">transposeA <a class="header-anchor" href="#transposea" aria-label="Permalink to &quot;transposeA&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly transposeA</span><span class="code-mark">:</span><span> boolean</span><span class="code-mark">;</span></span></code></pre></div><p>true: a is [k, m] and taken transposed. Default false: a is [m, k].</p><hr><h3 id="transposeb" tabindex="-1">transposeB <a class="header-anchor" href="#transposeb" aria-label="Permalink to &quot;transposeB&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly transposeB</span><span class="code-mark">:</span><span> boolean</span><span class="code-mark">;</span></span></code></pre></div><p>true: b is [n, k] and taken transposed. Default false: b is [k, n].</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/MatmulAttributes.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MatmulAttributes = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MatmulAttributes as default
};
