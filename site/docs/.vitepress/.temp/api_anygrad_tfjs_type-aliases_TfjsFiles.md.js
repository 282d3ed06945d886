import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: TfjsFiles","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/tfjs/type-aliases/TfjsFiles.md","filePath":"docs/api/anygrad/tfjs/type-aliases/TfjsFiles.md"}');
const _sfc_main = { name: "api/anygrad/tfjs/type-aliases/TfjsFiles.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/tfjs/">anygrad/tfjs</a> / TfjsFiles</p><h1 id="type-alias-tfjsfiles" tabindex="-1">Type Alias: TfjsFiles <a class="header-anchor" href="#type-alias-tfjsfiles" aria-label="Permalink to &quot;Type Alias: TfjsFiles&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> TfjsFiles </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span> Readonly</span><span class="code-mark">&lt;</span><span>Record</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">,</span><span> JsonSource</span><span class="code-mark">&gt;&gt;</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-keyword"> readonly</span><span> NamedFile</span><span class="code-mark">[];</span></span></code></pre></div><p>The files of a model by their names or paths, model.json among them; or a list of files with names, as an input of a page has it.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/tfjs/type-aliases/TfjsFiles.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const TfjsFiles = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  TfjsFiles as default
};
