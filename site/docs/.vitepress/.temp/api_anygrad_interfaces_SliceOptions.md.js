import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SliceOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/SliceOptions.md","filePath":"docs/api/anygrad/interfaces/SliceOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/SliceOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / SliceOptions</p><h1 id="interface-sliceoptions" tabindex="-1">Interface: SliceOptions <a class="header-anchor" href="#interface-sliceoptions" aria-label="Permalink to &quot;Interface: SliceOptions&quot;">​</a></h1><p>Options of <code>ops.slice</code>; each is a number for each axis from the first on, and null stands for the default.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="begin" tabindex="-1">begin? <a class="header-anchor" href="#begin" aria-label="Permalink to &quot;begin?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>begin</span><span class="code-mark">?:</span><span class="code-name"> readonly</span><span class="code-mark"> (</span><span>number </span><span class="code-mark">|</span><span class="code-number"> null</span><span class="code-mark">)[];</span></span></code></pre></div><p>First index of each axis; a negative one counts from the end. Default: the first, by a negative stride the last.</p><hr><h3 id="end" tabindex="-1">end? <a class="header-anchor" href="#end" aria-label="Permalink to &quot;end?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>end</span><span class="code-mark">?:</span><span class="code-name"> readonly</span><span class="code-mark"> (</span><span>number </span><span class="code-mark">|</span><span class="code-number"> null</span><span class="code-mark">)[];</span></span></code></pre></div><p>Index behind the last of each axis; a negative one counts from the end. Default: all that is left.</p><hr><h3 id="strides" tabindex="-1">strides? <a class="header-anchor" href="#strides" aria-label="Permalink to &quot;strides?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>strides</span><span class="code-mark">?:</span><span class="code-name"> readonly</span><span class="code-mark"> (</span><span>number </span><span class="code-mark">|</span><span class="code-number"> null</span><span class="code-mark">)[];</span></span></code></pre></div><p>From one index to the next; a negative one goes backwards. Default 1.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/SliceOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SliceOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SliceOptions as default
};
