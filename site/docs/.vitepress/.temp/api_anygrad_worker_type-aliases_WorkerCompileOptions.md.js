import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: WorkerCompileOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/worker/type-aliases/WorkerCompileOptions.md","filePath":"docs/api/anygrad/worker/type-aliases/WorkerCompileOptions.md"}');
const _sfc_main = { name: "api/anygrad/worker/type-aliases/WorkerCompileOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/worker/">anygrad/worker</a> / WorkerCompileOptions</p><h1 id="type-alias-workercompileoptions" tabindex="-1">Type Alias: WorkerCompileOptions <a class="header-anchor" href="#type-alias-workercompileoptions" aria-label="Permalink to &quot;Type Alias: WorkerCompileOptions&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> WorkerCompileOptions </span><span class="code-mark">=</span><span> Omit</span><span class="code-mark">&lt;</span><span>CompileOptions</span><span class="code-mark">,</span><span class="code-string"> &quot;engine&quot;</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>The engine is made in the worker: <code>inWorker(net, { engine: { threads: 2 } })</code>.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/worker/type-aliases/WorkerCompileOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const WorkerCompileOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  WorkerCompileOptions as default
};
