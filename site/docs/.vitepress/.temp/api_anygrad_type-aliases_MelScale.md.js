import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: MelScale","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/MelScale.md","filePath":"docs/api/anygrad/type-aliases/MelScale.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/MelScale.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / MelScale</p><h1 id="type-alias-melscale" tabindex="-1">Type Alias: MelScale <a class="header-anchor" href="#type-alias-melscale" aria-label="Permalink to &quot;Type Alias: MelScale&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> MelScale </span><span class="code-mark">=</span><span class="code-string"> &quot;htk&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;slaney&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>How hertz become mel. &quot;htk&quot;: 1127 ln(1 + f / 700), as in the Hidden Markov Model Toolkit and in TensorFlow. &quot;slaney&quot;: linear up to 1000 Hz and logarithmic above, as in Slaney&#39;s Auditory Toolbox and in librosa, whose triangles are straight over Hz.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/MelScale.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MelScale = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MelScale as default
};
