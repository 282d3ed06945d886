import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: OnnxFiles","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/onnx/interfaces/OnnxFiles.md","filePath":"docs/api/anygrad/onnx/interfaces/OnnxFiles.md"}');
const _sfc_main = { name: "api/anygrad/onnx/interfaces/OnnxFiles.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/onnx/">anygrad/onnx</a> / OnnxFiles</p><h1 id="interface-onnxfiles" tabindex="-1">Interface: OnnxFiles <a class="header-anchor" href="#interface-onnxfiles" aria-label="Permalink to &quot;Interface: OnnxFiles&quot;">​</a></h1><p>What a model becomes.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="model" tabindex="-1">model <a class="header-anchor" href="#model" aria-label="Permalink to &quot;model&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly model</span><span class="code-mark">:</span><span> Uint8Array</span><span class="code-mark">&lt;</span><span>ArrayBuffer</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>The .onnx file.</p><hr><h3 id="weights" tabindex="-1">weights <a class="header-anchor" href="#weights" aria-label="Permalink to &quot;weights&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly weights</span><span class="code-mark">:</span><span> Uint8Array</span><span class="code-mark">&lt;</span><span>ArrayBuffer</span><span class="code-mark">&gt;</span><span class="code-mark"> |</span><span class="code-number"> undefined</span><span class="code-mark">;</span></span></code></pre></div><p>The file beside it, where there is one.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/onnx/interfaces/OnnxFiles.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const OnnxFiles = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  OnnxFiles as default
};
