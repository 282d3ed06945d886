import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: History","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/History.md","filePath":"docs/api/anygrad/type-aliases/History.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/History.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / History</p><h1 id="type-alias-history" tabindex="-1">Type Alias: History <a class="header-anchor" href="#type-alias-history" aria-label="Permalink to &quot;Type Alias: History&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> History </span><span class="code-mark">=</span><span> EpochHistory </span><span class="code-mark">&amp;</span><span class="code-mark"> {</span></span>
<span class="line"><span>  stopped</span><span class="code-mark">?:</span><span> string</span><span class="code-mark">;</span></span>
<span class="line"><span class="code-mark">};</span></span></code></pre></div><p>history.loss, history.accuracy, history.val_loss, history.val_accuracy, history.seconds, history.learningRate …</p><h2 id="type-declaration" tabindex="-1">Type Declaration <a class="header-anchor" href="#type-declaration" aria-label="Permalink to &quot;Type Declaration&quot;">​</a></h2><h3 id="stopped" tabindex="-1">stopped? <a class="header-anchor" href="#stopped" aria-label="Permalink to &quot;stopped?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly stopped</span><span class="code-mark">?:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>Why a callback stopped the run, such as <code>earlyStopping</code>; undefined where all epochs ran. Not enumerable: who walks over a history meets lists of numbers alone, and JSON leaves it out.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/History.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const History = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  History as default
};
