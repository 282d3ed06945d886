import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Elements","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/keras/type-aliases/Elements.md","filePath":"docs/api/anygrad/keras/type-aliases/Elements.md"}');
const _sfc_main = { name: "api/anygrad/keras/type-aliases/Elements.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/keras/">anygrad/keras</a> / Elements</p><h1 id="type-alias-elements" tabindex="-1">Type Alias: Elements <a class="header-anchor" href="#type-alias-elements" aria-label="Permalink to &quot;Type Alias: Elements&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Elements </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> Float32Array</span></span>
<span class="line"><span class="code-mark">  |</span><span> Float64Array</span></span>
<span class="line"><span class="code-mark">  |</span><span> Int8Array</span></span>
<span class="line"><span class="code-mark">  |</span><span> Uint8Array</span></span>
<span class="line"><span class="code-mark">  |</span><span> Int16Array</span></span>
<span class="line"><span class="code-mark">  |</span><span> Uint16Array</span></span>
<span class="line"><span class="code-mark">  |</span><span> Int32Array</span></span>
<span class="line"><span class="code-mark">  |</span><span> Uint32Array</span></span>
<span class="line"><span class="code-mark">  |</span><span> BigInt64Array</span></span>
<span class="line"><span class="code-mark">  |</span><span> BigUint64Array</span><span class="code-mark">;</span></span></code></pre></div><p>Numbers as JavaScript holds them; of &quot;bool&quot; a Uint8Array of 0 and 1, of &quot;float16&quot; and &quot;bfloat16&quot; a Float32Array.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/keras/type-aliases/Elements.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Elements = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Elements as default
};
