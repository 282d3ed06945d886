import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: MonitorMode","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/MonitorMode.md","filePath":"docs/api/anygrad/type-aliases/MonitorMode.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/MonitorMode.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / MonitorMode</p><h1 id="type-alias-monitormode" tabindex="-1">Type Alias: MonitorMode <a class="header-anchor" href="#type-alias-monitormode" aria-label="Permalink to &quot;Type Alias: MonitorMode&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> MonitorMode </span><span class="code-mark">=</span><span class="code-string"> &quot;auto&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;min&quot;</span><span class="code-mark"> |</span><span class="code-string"> &quot;max&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>Whether the watched value should fall (&quot;min&quot;) or rise (&quot;max&quot;); &quot;auto&quot; goes by its name.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/MonitorMode.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MonitorMode = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MonitorMode as default
};
