import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: Part","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/Part.md","filePath":"docs/api/anygrad/interfaces/Part.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/Part.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Part</p><h1 id="interface-part" tabindex="-1">Interface: Part <a class="header-anchor" href="#interface-part" aria-label="Permalink to &quot;Interface: Part&quot;">​</a></h1><p>An input or a target among several that stand in one row.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="name" tabindex="-1">name <a class="header-anchor" href="#name" aria-label="Permalink to &quot;name&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly name</span><span class="code-mark">:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>The name by which it was given.</p><hr><h3 id="shape" tabindex="-1">shape <a class="header-anchor" href="#shape" aria-label="Permalink to &quot;shape&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly shape</span><span class="code-mark">:</span><span> readonly number</span><span class="code-mark">[];</span></span></code></pre></div><p>Shape of an example&#39;s, without the batch axis; [] for one number.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/Part.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Part = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Part as default
};
