import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Value<Default>","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/Value.md","filePath":"docs/api/anygrad/type-aliases/Value.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/Value.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / Value</p><h1 id="type-alias-valuedefault" tabindex="-1">Type Alias: Value&lt;Default&gt; <a class="header-anchor" href="#type-alias-valuedefault" aria-label="Permalink to &quot;Type Alias: Value\\&lt;Default\\&gt;&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> Value</span><span class="code-mark">&lt;</span><span>Default</span><span class="code-mark">&gt;</span><span class="code-mark"> =</span><span> Default </span><span class="code-keyword">extends</span><span> number </span><span class="code-mark">|</span><span> NumberConstructor </span><span class="code-mark">?</span><span> number </span><span class="code-mark">:</span><span> Default </span><span class="code-keyword">extends</span><span> string </span><span class="code-mark">|</span><span> StringConstructor </span><span class="code-mark">?</span><span> string </span><span class="code-mark">:</span><span> Default </span><span class="code-keyword">extends</span><span> boolean </span><span class="code-mark">|</span><span> BooleanConstructor </span><span class="code-mark">?</span><span> boolean </span><span class="code-mark">:</span><span> Default </span><span class="code-keyword">extends</span><span> ArrayConstructor </span><span class="code-mark">?</span><span class="code-keyword"> readonly</span><span> number</span><span class="code-mark">[]</span><span class="code-mark"> :</span><span> Default </span><span class="code-keyword">extends</span><span> ObjectConstructor </span><span class="code-mark">?</span><span> Readonly</span><span class="code-mark">&lt;</span><span>Record</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">,</span><span> unknown</span><span class="code-mark">&gt;&gt;</span><span class="code-mark"> :</span><span> Default</span><span class="code-mark">;</span></span></code></pre></div><p>The type of an option&#39;s value.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Type Parameter</th></tr></thead><tbody><tr><td><a id="type-parameter-default"></a> <code>Default</code></td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/Value.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Value = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Value as default
};
