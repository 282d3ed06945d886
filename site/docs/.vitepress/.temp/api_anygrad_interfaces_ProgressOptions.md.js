import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: ProgressOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/ProgressOptions.md","filePath":"docs/api/anygrad/interfaces/ProgressOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/ProgressOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / ProgressOptions</p><h1 id="interface-progressoptions" tabindex="-1">Interface: ProgressOptions <a class="header-anchor" href="#interface-progressoptions" aria-label="Permalink to &quot;Interface: ProgressOptions&quot;">​</a></h1><p>The options of <a href="/api/anygrad/namespaces/callbacks/functions/progress.html">progress</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="verbose" tabindex="-1">verbose? <a class="header-anchor" href="#verbose" aria-label="Permalink to &quot;verbose?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly verbose</span><span class="code-mark">?:</span><span> Verbosity</span><span class="code-mark">;</span></span></code></pre></div><p>1 or true: a bar where there is a terminal, else lines, ten a second at most. 2: a line for every epoch. 0 or false: nothing. Default 1.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/ProgressOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ProgressOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ProgressOptions as default
};
