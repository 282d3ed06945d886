import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: NoiseShape","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/NoiseShape.md","filePath":"docs/api/anygrad/type-aliases/NoiseShape.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/NoiseShape.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / NoiseShape</p><h1 id="type-alias-noiseshape" tabindex="-1">Type Alias: NoiseShape <a class="header-anchor" href="#type-alias-noiseshape" aria-label="Permalink to &quot;Type Alias: NoiseShape&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> NoiseShape </span><span class="code-mark">=</span><span class="code-keyword"> readonly</span><span class="code-mark"> (</span><span>number </span><span class="code-mark">|</span><span> null</span><span class="code-mark">)[];</span></span></code></pre></div><p>The sizes within which elements drop on their own, the batch&#39;s in front; null: as the input&#39;s.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/NoiseShape.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const NoiseShape = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  NoiseShape as default
};
