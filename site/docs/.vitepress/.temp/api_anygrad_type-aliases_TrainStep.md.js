import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: TrainStep","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/TrainStep.md","filePath":"docs/api/anygrad/type-aliases/TrainStep.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/TrainStep.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / TrainStep</p><h1 id="type-alias-trainstep" tabindex="-1">Type Alias: TrainStep <a class="header-anchor" href="#type-alias-trainstep" aria-label="Permalink to &quot;Type Alias: TrainStep&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> TrainStep </span><span class="code-mark">=</span><span> StepLogs </span><span class="code-mark">&amp;</span><span class="code-mark"> {</span></span>
<span class="line"><span>  epochLogs</span><span class="code-mark">?:</span><span> EpochLogs</span><span class="code-mark">;</span></span>
<span class="line"><span class="code-mark">};</span></span></code></pre></div><p>What a step yields; the last step of an epoch also brings the epoch&#39;s logs.</p><h2 id="type-declaration" tabindex="-1">Type Declaration <a class="header-anchor" href="#type-declaration" aria-label="Permalink to &quot;Type Declaration&quot;">​</a></h2><h3 id="epochlogs" tabindex="-1">epochLogs? <a class="header-anchor" href="#epochlogs" aria-label="Permalink to &quot;epochLogs?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly epochLogs</span><span class="code-mark">?:</span><span> EpochLogs</span><span class="code-mark">;</span></span></code></pre></div><p>The logs of the epoch that this step ends.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/TrainStep.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const TrainStep = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  TrainStep as default
};
