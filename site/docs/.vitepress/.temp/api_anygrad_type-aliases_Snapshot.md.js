import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Snapshot","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/Snapshot.md","filePath":"docs/api/anygrad/type-aliases/Snapshot.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/Snapshot.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Snapshot</p><h1 id="type-alias-snapshot" tabindex="-1">Type Alias: Snapshot <a class="header-anchor" href="#type-alias-snapshot" aria-label="Permalink to &quot;Type Alias: Snapshot&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Snapshot </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> null</span></span>
<span class="line"><span class="code-mark">  |</span><span> boolean</span></span>
<span class="line"><span class="code-mark">  |</span><span> number</span></span>
<span class="line"><span class="code-mark">  |</span><span> string</span></span>
<span class="line"><span class="code-mark">  |</span><span> Float32Array</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-keyword"> readonly</span><span> Snapshot</span><span class="code-mark">[]</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-mark"> {</span></span>
<span class="line"><span class="code-mark">[</span><span>name</span><span class="code-mark">:</span><span> string</span><span class="code-mark">]:</span><span> Snapshot</span><span class="code-mark">;</span></span>
<span class="line"><span class="code-mark">};</span></span></code></pre></div><p>Plain data, as a callback&#39;s <code>save</code> may return it: no class instances other than Float32Array, no functions.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/Snapshot.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Snapshot = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Snapshot as default
};
