import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: StepOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/StepOptions.md","filePath":"docs/api/anygrad/interfaces/StepOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/StepOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / StepOptions</p><h1 id="interface-stepoptions" tabindex="-1">Interface: StepOptions <a class="header-anchor" href="#interface-stepoptions" aria-label="Permalink to &quot;Interface: StepOptions&quot;">​</a></h1><p>The options of <a href="/api/anygrad/namespaces/schedules/functions/step.html">step</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="decaysteps" tabindex="-1">decaySteps <a class="header-anchor" href="#decaysteps" aria-label="Permalink to &quot;decaySteps&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly decaySteps</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The steps from one drop to the next.</p><hr><h3 id="factor" tabindex="-1">factor? <a class="header-anchor" href="#factor" aria-label="Permalink to &quot;factor?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly factor</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>What each drop multiplies by. Default 0.1.</p><hr><h3 id="initiallearningrate" tabindex="-1">initialLearningRate <a class="header-anchor" href="#initiallearningrate" aria-label="Permalink to &quot;initialLearningRate&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly initialLearningRate</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The rate of the first step.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/StepOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const StepOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  StepOptions as default
};
