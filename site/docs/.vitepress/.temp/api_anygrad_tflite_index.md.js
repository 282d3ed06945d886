import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"anygrad/tflite","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/tflite/index.md","filePath":"docs/api/anygrad/tflite/index.md"}');
const _sfc_main = { name: "api/anygrad/tflite/index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / anygrad/tflite</p><h1 id="anygradtflite" tabindex="-1">anygrad/tflite <a class="header-anchor" href="#anygradtflite" aria-label="Permalink to &quot;anygrad/tflite&quot;">​</a></h1><p>Models of TensorFlow Lite, the format of phones and small devices.</p><h2 id="functions" tabindex="-1">Functions <a class="header-anchor" href="#functions" aria-label="Permalink to &quot;Functions&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Function</th><th>Description</th></tr></thead><tbody><tr><td><a href="/api/anygrad/tflite/functions/loadTflite.html">loadTflite</a></td><td>The model of a .tflite file, as a functional model that predicts, trains (compile it with a loss first), saves and loads. <code>CONV_2D</code> with its activation becomes a conv2d, <code>FULLY_CONNECTED</code> a dense layer, and what is no layer an op (<code>layers.operation</code>). The first axis is the batch, of any size. Several inputs and outputs go by their names in the file.</td></tr></tbody></table><h2 id="interfaces" tabindex="-1">Interfaces <a class="header-anchor" href="#interfaces" aria-label="Permalink to &quot;Interfaces&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Interface</th><th>Description</th></tr></thead><tbody><tr><td><a href="/api/anygrad/tflite/interfaces/LoadTfliteOptions.html">LoadTfliteOptions</a></td><td>Options of <a href="/api/anygrad/tflite/functions/loadTflite.html">loadTflite</a>.</td></tr></tbody></table><h2 id="references" tabindex="-1">References <a class="header-anchor" href="#references" aria-label="Permalink to &quot;References&quot;">​</a></h2><h3 id="bytesource" tabindex="-1">ByteSource <a class="header-anchor" href="#bytesource" aria-label="Permalink to &quot;ByteSource&quot;">​</a></h3><p>Re-exports <a href="/api/anygrad/keras/type-aliases/ByteSource.html">ByteSource</a></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/tflite/index.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  index as default
};
