import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: ErrorCode","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/ErrorCode.md","filePath":"docs/api/anygrad/type-aliases/ErrorCode.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/ErrorCode.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / ErrorCode</p><h1 id="type-alias-errorcode" tabindex="-1">Type Alias: ErrorCode <a class="header-anchor" href="#type-alias-errorcode" aria-label="Permalink to &quot;Type Alias: ErrorCode&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> ErrorCode </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;INVALID_ARGUMENT&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;SHAPE_MISMATCH&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;DATA_FORMAT&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;DATA_MISSING&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;DATA_DOWNLOAD&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;NOT_READY&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;NOT_FINITE&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;MEMORY_LIMIT&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;RELEASED&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;NO_GRADIENT&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;UNSUPPORTED&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;OUTPUT&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;ABORTED&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;WORKER&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>What kind of error an AnygradError is. Codes are stable: programs may compare them.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/ErrorCode.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ErrorCode = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ErrorCode as default
};
