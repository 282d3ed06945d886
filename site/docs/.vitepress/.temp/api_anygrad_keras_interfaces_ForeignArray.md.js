import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: ForeignArray","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/keras/interfaces/ForeignArray.md","filePath":"docs/api/anygrad/keras/interfaces/ForeignArray.md"}');
const _sfc_main = { name: "api/anygrad/keras/interfaces/ForeignArray.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/keras/">anygrad/keras</a> / ForeignArray</p><h1 id="interface-foreignarray" tabindex="-1">Interface: ForeignArray <a class="header-anchor" href="#interface-foreignarray" aria-label="Permalink to &quot;Interface: ForeignArray&quot;">​</a></h1><p>An array of a file of another library.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="data" tabindex="-1">data <a class="header-anchor" href="#data" aria-label="Permalink to &quot;data&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly data</span><span class="code-mark">:</span><span> Elements</span><span class="code-mark">;</span></span></code></pre></div><p>The numbers, row-major.</p><hr><h3 id="dtype" tabindex="-1">dtype <a class="header-anchor" href="#dtype" aria-label="Permalink to &quot;dtype&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly dtype</span><span class="code-mark">:</span><span> ElementType</span><span class="code-mark">;</span></span></code></pre></div><p>The type of its numbers in the file.</p><hr><h3 id="shape" tabindex="-1">shape <a class="header-anchor" href="#shape" aria-label="Permalink to &quot;shape&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly shape</span><span class="code-mark">:</span><span> readonly number</span><span class="code-mark">[];</span></span></code></pre></div><p>The size of each axis, outermost first; empty for a single number.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/keras/interfaces/ForeignArray.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ForeignArray = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ForeignArray as default
};
