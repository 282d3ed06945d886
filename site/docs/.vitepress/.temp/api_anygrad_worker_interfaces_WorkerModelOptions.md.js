import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: WorkerModelOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/worker/interfaces/WorkerModelOptions.md","filePath":"docs/api/anygrad/worker/interfaces/WorkerModelOptions.md"}');
const _sfc_main = { name: "api/anygrad/worker/interfaces/WorkerModelOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/worker/">anygrad/worker</a> / WorkerModelOptions</p><h1 id="interface-workermodeloptions" tabindex="-1">Interface: WorkerModelOptions <a class="header-anchor" href="#interface-workermodeloptions" aria-label="Permalink to &quot;Interface: WorkerModelOptions&quot;">​</a></h1><p>Options of <a href="/api/anygrad/worker/functions/inWorker.html">inWorker</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="engine" tabindex="-1">engine? <a class="header-anchor" href="#engine" aria-label="Permalink to &quot;engine?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>engine</span><span class="code-mark">?:</span><span> EngineOptions</span><span class="code-mark">;</span></span></code></pre></div><p>Options of the engine in the worker, as createEngine takes them.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/worker/interfaces/WorkerModelOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const WorkerModelOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  WorkerModelOptions as default
};
