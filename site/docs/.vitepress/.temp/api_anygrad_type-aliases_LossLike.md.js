import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: LossLike","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/LossLike.md","filePath":"docs/api/anygrad/type-aliases/LossLike.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/LossLike.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / LossLike</p><h1 id="type-alias-losslike" tabindex="-1">Type Alias: LossLike <a class="header-anchor" href="#type-alias-losslike" aria-label="Permalink to &quot;Type Alias: LossLike&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> LossLike </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> LossName</span></span>
<span class="line"><span class="code-mark">  |</span><span> Loss</span></span>
<span class="line"><span class="code-mark">  |</span><span> LossFunction</span></span>
<span class="line"><span class="code-mark">  |</span><span> Definition</span><span class="code-mark">&lt;[],</span><span> Loss</span><span class="code-mark">&gt;</span></span>
<span class="line"><span class="code-mark">|</span><span> SavedKind</span><span class="code-mark">&lt;</span><span>Loss</span><span class="code-mark">[</span><span class="code-string">&quot;config&quot;</span><span class="code-mark">]&gt;;</span></span></code></pre></div><p>A loss, its name, what one is saved as, or a function of your own.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/LossLike.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const LossLike = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  LossLike as default
};
