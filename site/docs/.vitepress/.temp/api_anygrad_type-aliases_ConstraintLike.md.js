import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: ConstraintLike","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/ConstraintLike.md","filePath":"docs/api/anygrad/type-aliases/ConstraintLike.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/ConstraintLike.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / ConstraintLike</p><h1 id="type-alias-constraintlike" tabindex="-1">Type Alias: ConstraintLike <a class="header-anchor" href="#type-alias-constraintlike" aria-label="Permalink to &quot;Type Alias: ConstraintLike&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> ConstraintLike </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-mark"> keyof</span><span class="code-mark"> typeof</span><span> constraints</span></span>
<span class="line"><span class="code-mark">  |</span><span> Constraint</span></span>
<span class="line"><span class="code-mark">  |</span><span> OwnConstraint</span></span>
<span class="line"><span class="code-mark">|</span><span> Definition</span><span class="code-mark">&lt;[],</span><span> OwnConstraint</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>A constraint, or the name of one with its default options.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/ConstraintLike.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ConstraintLike = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ConstraintLike as default
};
