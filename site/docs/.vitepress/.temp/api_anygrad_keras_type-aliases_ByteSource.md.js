import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: ByteSource","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/keras/type-aliases/ByteSource.md","filePath":"docs/api/anygrad/keras/type-aliases/ByteSource.md"}');
const _sfc_main = { name: "api/anygrad/keras/type-aliases/ByteSource.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/keras/">anygrad/keras</a> / ByteSource</p><h1 id="type-alias-bytesource" tabindex="-1">Type Alias: ByteSource <a class="header-anchor" href="#type-alias-bytesource" aria-label="Permalink to &quot;Type Alias: ByteSource&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> ByteSource </span><span class="code-mark">=</span><span> ArrayBufferView </span><span class="code-mark">|</span><span> ArrayBufferLike </span><span class="code-mark">|</span><span> Blob </span><span class="code-mark">|</span><span> Response</span><span class="code-mark">;</span></span></code></pre></div><p>What holds the bytes of a file.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/keras/type-aliases/ByteSource.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ByteSource = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ByteSource as default
};
