import { ssrRenderAttrs, ssrRenderAttr } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const _imports_0 = "/assets/compare.BIc8LfDU.png";
const __pageData = JSON.parse('{"title":"anygrad compare","description":"","frontmatter":{},"headers":[],"relativePath":"guide/compare.md","filePath":"docs/guide/compare.md"}');
const _sfc_main = { name: "guide/compare.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="anygrad-compare" tabindex="-1">anygrad compare <a class="header-anchor" href="#anygrad-compare" aria-label="Permalink to &quot;anygrad compare&quot;">​</a></h1><pre><code>anygrad compare NETWORK[:OPTION=VALUE,…] … --dataset SET,SET… --out DIR
</code></pre><p>trains several models on the same data and writes one report about them. A model is a preset or a file (<a href="/guide/own-network.html">A network of your own</a>), or one with options of its own: <code>mlp-64:optimizer=momentum,activation=sigmoid</code> beside <code>mlp-64</code> shows what these options do. All options of <code>train</code> may be given to a model, or to all of them as usual (<code>--epochs 3</code>); a model&#39;s own go first. A value with commas stands in quotes. <code>dataset</code>, <code>data</code>, <code>limit</code> and <code>threads</code> are for all models.</p><table tabindex="0"><thead><tr><th></th><th></th></tr></thead><tbody><tr><td><code>--jobs N</code></td><td>runs at a time; by default as many as there are cores, with so many threads each that all of them fit</td></tr><tr><td><code>--fair</code></td><td>one run after another, alone, so that training times compare</td></tr><tr><td><code>--runs DIR DIR…</code></td><td>compares runs that have ended (folders of <code>train --out</code>), without training; <code>--data</code> says where their pictures are</td></tr><tr><td><code>--out DIR</code></td><td>keeps <code>report.html</code>, <code>figures</code> (each as SVG and PNG), <code>compare.json</code> and a folder for each run in <code>runs</code>; without it, the summary on the terminal is all</td></tr><tr><td><code>--json</code></td><td>the key figures of all runs as one object on stdout, as in <code>compare.json</code></td></tr></tbody></table><p><strong>Numbers</strong> are compared as classes are: ranked by R², with RMSE and MAE in the label&#39;s unit, curves, predicted against actual and errors of each model on one scale, and a sign test of who is closer on more rows. One report may hold sets of both kinds; models of one set may see its pictures at different sizes, but must be asked for the same label.</p><p><strong>Interrupted?</strong> The same command goes on. Runs that have ended are kept, one that was stopped goes on from its checkpoint, and a model more on the command line is trained alone. A folder with runs of other settings is refused. A run that fails is told, the report is made of the others, and the exit code is 1.</p><h2 id="an-example" tabindex="-1">An example <a class="header-anchor" href="#an-example" aria-label="Permalink to &quot;An example&quot;">​</a></h2><pre><code>anygrad compare softmax mlp-128-64 cnn-32-32 --dataset mnist,fashion-mnist --limit 5000 --epochs 3 --seed 1 --fair --out DIR
</code></pre><p>What it prints for Fashion-MNIST (5,000 training images; two cores, Node 20, other work on the machine at the same time, so that the times stand for little):</p><pre><code>fashion-mnist  5,000 test images
   model      accuracy   loss parameters     time ms/step digest
 1 cnn-32-32    0.7900 0.5838    113,386 1:09 min   198.8 25cdbc
 2 mlp-128-64   0.7856 0.5837    109,386   12.7 s    1.15 f4a6e5
 3 softmax      0.7356 0.7948      7,850    2.2 s    0.20 475de1
  cnn-32-32 and mlp-128-64 are level: cnn-32-32 alone is right on 300 images,
  mlp-128-64 alone on 278 images, which is within the noise of this test set
  (McNemar&#39;s exact test: p = 0.382).

Who wins where  by F1; ~ where the lead is within the noise
  cnn-32-32    7 of 10  T-shirt/top  Trouser~  Dress  Sandal~  Sneaker~  Bag~
                        Ankle boot~
  mlp-128-64   3 of 10  Pullover~  Coat  Shirt~
  softmax      0 of 10  none

Most confused  all models together
  Shirt        taken for  Coat         670 ×  203 + 149 + 318
  Pullover     taken for  Coat         640 ×  203 + 152 + 285
  Shirt        taken for  T-shirt/top  205 ×  58 + 51 + 96
  Dress        taken for  Coat         158 ×  48 + 16 + 94
  T-shirt/top  taken for  Shirt        151 ×  60 + 86 + 5
</code></pre><p><img${ssrRenderAttr("src", _imports_0)} alt="F1 by class of the three models on Fashion-MNIST"></p><p>The report has for each data set the ranking with intervals and accuracy against parameters and against time; then, in parts that fold, the learning curves of all models, who wins which class, precision, recall and F1 of every class, a confusion matrix a model, the most common confusions with their images and what each model said of them, the images most models get wrong, and those that one model alone gets right; at the end settings, environment, digests and the commands that repeat the runs. The best of a column is marked ★, a time only where times compare. On a wide screen the list of contents stays at the left; print has all parts open.</p><h2 id="what-the-figures-mean" tabindex="-1">What the figures mean <a class="header-anchor" href="#what-the-figures-mean" aria-label="Permalink to &quot;What the figures mean&quot;">​</a></h2><ul><li>A lead is called clear where McNemar&#39;s exact test (McNemar 1947, Psychometrika 12; for classifiers Dietterich 1998, Neural Computation 10) gives p below 0.05: of the images that one of two models alone gets right, more belong to the first than a fair coin would give it. For a class the question is &quot;this class or another?&quot;, over all images. Many tests find something by luck: with ten classes, up to 40 % of comparisons show one clear lead where there is none.</li><li>The interval below an accuracy is Wilson&#39;s (1927) at 95 %. Both speak of other test images, not of other seeds: for those, compare <code>mlp-64:seed=1</code> with <code>mlp-64:seed=2</code>.</li><li>Times of runs that went side by side do not compare, and the report says so. With <code>--fair</code> it says on how many threads the runs went, and how loaded the machine was (<code>conditions.json</code> beside each run has it).</li><li>Weights do not depend on <code>--jobs</code>, <code>--fair</code> or threads: the digests are the same.</li></ul></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/guide/compare.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const compare = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  compare as default
};
