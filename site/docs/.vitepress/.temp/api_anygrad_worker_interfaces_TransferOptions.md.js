import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: TransferOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/worker/interfaces/TransferOptions.md","filePath":"docs/api/anygrad/worker/interfaces/TransferOptions.md"}');
const _sfc_main = { name: "api/anygrad/worker/interfaces/TransferOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/worker/">anygrad/worker</a> / TransferOptions</p><h1 id="interface-transferoptions" tabindex="-1">Interface: TransferOptions <a class="header-anchor" href="#interface-transferoptions" aria-label="Permalink to &quot;Interface: TransferOptions&quot;">​</a></h1><p>Options of what is given data.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="transfer" tabindex="-1">transfer? <a class="header-anchor" href="#transfer" aria-label="Permalink to &quot;transfer?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>transfer</span><span class="code-mark">?:</span><span> boolean</span><span class="code-mark">;</span></span></code></pre></div><p>Give the data away: its arrays move to the worker without a copy and are empty here afterwards; the same data set can be passed to this model again. Default false: one copy. Shared memory is never copied.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/worker/interfaces/TransferOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const TransferOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  TransferOptions as default
};
