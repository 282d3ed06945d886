import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: ByOutput<T>","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/ByOutput.md","filePath":"docs/api/anygrad/type-aliases/ByOutput.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/ByOutput.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / ByOutput</p><h1 id="type-alias-byoutputt" tabindex="-1">Type Alias: ByOutput&lt;T&gt; <a class="header-anchor" href="#type-alias-byoutputt" aria-label="Permalink to &quot;Type Alias: ByOutput\\&lt;T\\&gt;&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> ByOutput</span><span class="code-mark">&lt;</span><span>T</span><span class="code-mark">&gt;</span><span class="code-mark"> =</span><span class="code-keyword"> readonly</span><span class="code-mark"> (</span><span>T </span><span class="code-mark">|</span><span> null</span><span class="code-mark">)[]</span><span class="code-mark"> |</span><span> Readonly</span><span class="code-mark">&lt;</span><span>Record</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">,</span><span> T</span><span class="code-mark">&gt;&gt;;</span></span></code></pre></div><p>One for each output of a network of several: a list in their order, or a record by their names, which may leave some out.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Type Parameter</th></tr></thead><tbody><tr><td><a id="type-parameter-t"></a> <code>T</code></td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/ByOutput.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ByOutput = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ByOutput as default
};
