import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: WarmupOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/WarmupOptions.md","filePath":"docs/api/anygrad/interfaces/WarmupOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/WarmupOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / WarmupOptions</p><h1 id="interface-warmupoptions" tabindex="-1">Interface: WarmupOptions <a class="header-anchor" href="#interface-warmupoptions" aria-label="Permalink to &quot;Interface: WarmupOptions&quot;">​</a></h1><p>The options of <a href="/api/anygrad/namespaces/schedules/functions/warmup.html">warmup</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="schedule" tabindex="-1">schedule <a class="header-anchor" href="#schedule" aria-label="Permalink to &quot;schedule&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly schedule</span><span class="code-mark">:</span><span> Schedule</span><span class="code-mark">;</span></span></code></pre></div><p>What follows; it begins with its step 0 when the warm-up ends.</p><hr><h3 id="startlearningrate" tabindex="-1">startLearningRate? <a class="header-anchor" href="#startlearningrate" aria-label="Permalink to &quot;startLearningRate?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly startLearningRate</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The rate of the very first step. Default 0.</p><hr><h3 id="warmupsteps" tabindex="-1">warmupSteps <a class="header-anchor" href="#warmupsteps" aria-label="Permalink to &quot;warmupSteps&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly warmupSteps</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The steps of the rise.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/WarmupOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const WarmupOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  WarmupOptions as default
};
