import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"API","description":"","frontmatter":{},"headers":[],"relativePath":"api/index.md","filePath":"docs/api/index.md"}');
const _sfc_main = { name: "api/index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="api" tabindex="-1">API <a class="header-anchor" href="#api" aria-label="Permalink to &quot;API&quot;">​</a></h1><h2 id="modules" tabindex="-1">Modules <a class="header-anchor" href="#modules" aria-label="Permalink to &quot;Modules&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Module</th><th>Description</th></tr></thead><tbody><tr><td><a href="/api/anygrad/">anygrad</a></td><td>anygrad: trains small neural networks wherever JavaScript runs. Public names only.</td></tr><tr><td><a href="/api/anygrad/keras/">anygrad/keras</a></td><td>Models of Keras: .keras files of Keras 3 and .h5 files of Keras 2, read and written.</td></tr><tr><td><a href="/api/anygrad/node/">anygrad/node</a></td><td>anygrad/node: everything of <code>anygrad</code>, models in files, a run&#39;s checkpoints in a folder, and folders of pictures. For Node, Deno and Bun; pages and edge workers have no files.</td></tr><tr><td><a href="/api/anygrad/onnx/">anygrad/onnx</a></td><td>Models of ONNX, the format that most runtimes read.</td></tr><tr><td><a href="/api/anygrad/tfjs/">anygrad/tfjs</a></td><td>Models of TensorFlow.js: model.json and its files of weights. Layers models are read and written, graph models read.</td></tr><tr><td><a href="/api/anygrad/tflite/">anygrad/tflite</a></td><td>Models of TensorFlow Lite, the format of phones and small devices.</td></tr><tr><td><a href="/api/anygrad/worker/">anygrad/worker</a></td><td>anygrad/worker: training in a worker, so that a page stays responsive.</td></tr><tr><td><a href="/api/anygrad/npz/">anygrad/npz</a></td><td>-</td></tr><tr><td><a href="/api/anygrad/safetensors/">anygrad/safetensors</a></td><td>-</td></tr><tr><td><a href="/api/anygrad/vis/">anygrad/vis</a></td><td>Views of networks and of their training for any page, each a function of an element and plain data: live curves, confusion matrix, pictures, filters, histograms, decision surfaces, tables.</td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/index.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  index as default
};
