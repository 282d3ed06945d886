import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: PoolingAttributes","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/PoolingAttributes.md","filePath":"docs/api/anygrad/interfaces/PoolingAttributes.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/PoolingAttributes.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / PoolingAttributes</p><h1 id="interface-poolingattributes" tabindex="-1">Interface: PoolingAttributes <a class="header-anchor" href="#interface-poolingattributes" aria-label="Permalink to &quot;Interface: PoolingAttributes&quot;">​</a></h1><p>Options of <code>ops.maxPooling2d</code> and <code>ops.averagePooling2d</code>, with the names and defaults of Keras.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="/api/anygrad/interfaces/DilatedPoolingAttributes.html"><code>DilatedPoolingAttributes</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="padding" tabindex="-1">padding? <a class="header-anchor" href="#padding" aria-label="Permalink to &quot;padding?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>padding</span><span class="code-mark">?:</span><span> Padding</span><span class="code-mark">;</span></span></code></pre></div><p>&quot;valid&quot; (default): windows stay inside the image; &quot;same&quot;: they reach over its edges, so that the output is ⌈size / stride⌉.</p><hr><h3 id="poolsize" tabindex="-1">poolSize? <a class="header-anchor" href="#poolsize" aria-label="Permalink to &quot;poolSize?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>poolSize</span><span class="code-mark">?:</span><span> Pair</span><span class="code-mark">;</span></span></code></pre></div><p>Pixels of a window, one number or [height, width]. Default 2.</p><hr><h3 id="strides" tabindex="-1">strides? <a class="header-anchor" href="#strides" aria-label="Permalink to &quot;strides?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>strides</span><span class="code-mark">?:</span><span> Pair</span><span class="code-mark">;</span></span></code></pre></div><p>Pixels of the input from one window to the next, one number or [height, width]. Default: <code>poolSize</code>.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/PoolingAttributes.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const PoolingAttributes = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  PoolingAttributes as default
};
