import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: add","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/layers/variables/add.md","filePath":"docs/api/anygrad/namespaces/layers/variables/add.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/layers/variables/add.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/layers/">layers</a> / add</p><h1 id="variable-add" tabindex="-1">Variable: add <a class="header-anchor" href="#variable-add" aria-label="Permalink to &quot;Variable: add&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">const</span><span> add</span><span class="code-mark">:</span><span> Merging</span><span class="code-mark">;</span></span></code></pre></div><p>The sum of two tensors or more: <code>add([a, b])</code>.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/layers/variables/add.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const add = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  add as default
};
