import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: TrainTest","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/TrainTest.md","filePath":"docs/api/anygrad/interfaces/TrainTest.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/TrainTest.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / TrainTest</p><h1 id="interface-traintest" tabindex="-1">Interface: TrainTest <a class="header-anchor" href="#interface-traintest" aria-label="Permalink to &quot;Interface: TrainTest&quot;">​</a></h1><p>A training set and the test set that belongs to it.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="/api/anygrad/interfaces/Table.html"><code>Table</code></a></li><li><a href="/api/anygrad/node/interfaces/ImageSets.html"><code>ImageSets</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="test" tabindex="-1">test <a class="header-anchor" href="#test" aria-label="Permalink to &quot;test&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly test</span><span class="code-mark">:</span><span> Dataset</span><span class="code-mark">;</span></span></code></pre></div><p>What the trained model is evaluated on. It must not be trained on.</p><hr><h3 id="train" tabindex="-1">train <a class="header-anchor" href="#train" aria-label="Permalink to &quot;train&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly train</span><span class="code-mark">:</span><span> Dataset</span><span class="code-mark">;</span></span></code></pre></div><p>What the model learns from.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/TrainTest.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const TrainTest = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  TrainTest as default
};
