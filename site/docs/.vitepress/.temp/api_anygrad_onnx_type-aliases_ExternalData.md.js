import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: ExternalData","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/onnx/type-aliases/ExternalData.md","filePath":"docs/api/anygrad/onnx/type-aliases/ExternalData.md"}');
const _sfc_main = { name: "api/anygrad/onnx/type-aliases/ExternalData.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/onnx/">anygrad/onnx</a> / ExternalData</p><h1 id="type-alias-externaldata" tabindex="-1">Type Alias: ExternalData <a class="header-anchor" href="#type-alias-externaldata" aria-label="Permalink to &quot;Type Alias: ExternalData&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> ExternalData </span><span class="code-mark">=</span><span class="code-mark"> (</span><span>path</span><span class="code-mark">)</span><span class="code-mark"> =&gt;</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> ByteSource</span></span>
<span class="line"><span class="code-mark">|</span><span> PromiseLike</span><span class="code-mark">&lt;</span><span>ByteSource</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>Gives the bytes of a file beside the model by its path.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th></tr></thead><tbody><tr><td><code>path</code></td><td><code>string</code></td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p>| <a href="/api/anygrad/keras/type-aliases/ByteSource.html"><code>ByteSource</code></a> | <code>PromiseLike</code>&lt;<a href="/api/anygrad/keras/type-aliases/ByteSource.html"><code>ByteSource</code></a>&gt;</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/onnx/type-aliases/ExternalData.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ExternalData = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ExternalData as default
};
