import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: Classification","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/Classification.md","filePath":"docs/api/anygrad/interfaces/Classification.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/Classification.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Classification</p><h1 id="interface-classification" tabindex="-1">Interface: Classification <a class="header-anchor" href="#interface-classification" aria-label="Permalink to &quot;Interface: Classification&quot;">​</a></h1><p>A class that an example may have.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="classid" tabindex="-1">classId <a class="header-anchor" href="#classid" aria-label="Permalink to &quot;classId&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly classId</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Its number, from 0.</p><hr><h3 id="label" tabindex="-1">label <a class="header-anchor" href="#label" aria-label="Permalink to &quot;label&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly label</span><span class="code-mark">:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>The class&#39;s name, its number where the training data had no names.</p><hr><h3 id="probability" tabindex="-1">probability <a class="header-anchor" href="#probability" aria-label="Permalink to &quot;probability&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly probability</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>What the network gives it, from 0 to 1.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/Classification.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Classification = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Classification as default
};
