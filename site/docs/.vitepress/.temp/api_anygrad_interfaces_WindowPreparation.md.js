import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: WindowPreparation","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/WindowPreparation.md","filePath":"docs/api/anygrad/interfaces/WindowPreparation.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/WindowPreparation.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / WindowPreparation</p><h1 id="interface-windowpreparation" tabindex="-1">Interface: WindowPreparation <a class="header-anchor" href="#interface-windowpreparation" aria-label="Permalink to &quot;Interface: WindowPreparation&quot;">​</a></h1><p>Windows over the rows of a series: an example is <code>[steps, columns]</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="group" tabindex="-1">group? <a class="header-anchor" href="#group" aria-label="Permalink to &quot;group?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly group</span><span class="code-mark">?:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>The column whose values part the rows into series: no window spans two of them.</p><hr><h3 id="horizon" tabindex="-1">horizon <a class="header-anchor" href="#horizon" aria-label="Permalink to &quot;horizon&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly horizon</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Rows from the last of an example to the one that is predicted; 0: what the window itself is.</p><hr><h3 id="steps" tabindex="-1">steps <a class="header-anchor" href="#steps" aria-label="Permalink to &quot;steps&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly steps</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Rows in an example.</p><hr><h3 id="stride" tabindex="-1">stride <a class="header-anchor" href="#stride" aria-label="Permalink to &quot;stride&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly stride</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Rows from the start of an example to the start of the next.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/WindowPreparation.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const WindowPreparation = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  WindowPreparation as default
};
