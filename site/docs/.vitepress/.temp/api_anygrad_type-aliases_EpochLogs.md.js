import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: EpochLogs","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/EpochLogs.md","filePath":"docs/api/anygrad/type-aliases/EpochLogs.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/EpochLogs.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / EpochLogs</p><h1 id="type-alias-epochlogs" tabindex="-1">Type Alias: EpochLogs <a class="header-anchor" href="#type-alias-epochlogs" aria-label="Permalink to &quot;Type Alias: EpochLogs&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> EpochLogs </span><span class="code-mark">=</span><span> Record</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">,</span><span> number</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>What one epoch reports: loss, accuracy, val_loss, val_accuracy, seconds, learningRate, …</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/EpochLogs.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const EpochLogs = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  EpochLogs as default
};
