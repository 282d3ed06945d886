import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: WriteNpzOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/npz/interfaces/WriteNpzOptions.md","filePath":"docs/api/anygrad/npz/interfaces/WriteNpzOptions.md"}');
const _sfc_main = { name: "api/anygrad/npz/interfaces/WriteNpzOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/npz/">anygrad/npz</a> / WriteNpzOptions</p><h1 id="interface-writenpzoptions" tabindex="-1">Interface: WriteNpzOptions <a class="header-anchor" href="#interface-writenpzoptions" aria-label="Permalink to &quot;Interface: WriteNpzOptions&quot;">​</a></h1><p>Options of <a href="/api/anygrad/npz/functions/writeNpz.html">writeNpz</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="compress" tabindex="-1">compress? <a class="header-anchor" href="#compress" aria-label="Permalink to &quot;compress?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly compress</span><span class="code-mark">?:</span><span> boolean</span><span class="code-mark">;</span></span></code></pre></div><p>Pack the archive, as <code>np.savez_compressed</code>: weights become 5 to 10 % smaller, slowly. Default false.</p><hr><h3 id="dtype" tabindex="-1">dtype? <a class="header-anchor" href="#dtype" aria-label="Permalink to &quot;dtype?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly dtype</span><span class="code-mark">?:</span><span> ElementType</span><span class="code-mark">;</span></span></code></pre></div><p>The type that arrays of floats get in the file, such as &quot;float16&quot;. Default: that of their numbers.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/npz/interfaces/WriteNpzOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const WriteNpzOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  WriteNpzOptions as default
};
