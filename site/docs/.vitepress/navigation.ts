/** What stands in the bar and at the side: every page of docs/ in the order in which one reads. */
import type { DefaultTheme } from "vitepress";

export const bar: DefaultTheme.NavItem[] = [
  { text: "Start", link: "/start/ten-minutes", activeMatch: "^/start/" },
  { text: "Guides", link: "/guide/pictures", activeMatch: "^/(guide|from-)" },
  { text: "API", link: "/api/", activeMatch: "^/api/" },
  { text: "Help", link: "/help/troubleshooting", activeMatch: "^/help/" },
  { text: "Playground", link: "/playground/", target: "_self" },
];

export const side: DefaultTheme.SidebarItem[] = [
  {
    text: "Start",
    items: [
      { text: "Install", link: "/start/install" },
      { text: "Ten minutes", link: "/start/ten-minutes" },
      { text: "From Keras", link: "/from-keras" },
      { text: "From TensorFlow.js", link: "/from-tfjs" },
      { text: "From and to Python", link: "/python" },
    ],
  },
  {
    text: "Data",
    items: [
      { text: "Own pictures", link: "/guide/pictures" },
      { text: "Own tables and series", link: "/guide/tables" },
      { text: "Text", link: "/guide/models/text" },
      { text: "Data in code", link: "/guide/data" },
      { text: "Augmentation", link: "/guide/augmentation" },
    ],
  },
  {
    text: "Networks",
    items: [
      { text: "Models", link: "/guide/models" },
      { text: "Layers and ops", link: "/guide/layers" },
      { text: "Several inputs and outputs", link: "/guide/models/several-inputs" },
      { text: "A network of your own", link: "/guide/own-network" },
      { text: "Kinds of your own", link: "/guide/custom" },
      { text: "Fine-tuning", link: "/guide/fine-tuning" },
      { text: "Models that only predict", link: "/guide/models/inference" },
      { text: "Models of other libraries", link: "/formats" },
    ],
  },
  {
    text: "Training",
    items: [
      { text: "Losses, metrics, optimizers", link: "/guide/training" },
      { text: "Batch normalisation", link: "/guide/batch-normalization" },
      { text: "Saving and resuming", link: "/guide/runs/saving" },
      { text: "The same bits", link: "/guide/runs/determinism" },
      { text: "Watching a run", link: "/guide/runs/watching" },
      { text: "The report of a run", link: "/guide/report" },
      { text: "Compare", link: "/guide/compare" },
      { text: "Tune", link: "/guide/tune" },
      { text: "Learning together", link: "/federated" },
      { text: "Several machines", link: "/cluster" },
      { text: "When something goes wrong", link: "/reliability" },
    ],
  },
  {
    text: "Where it runs",
    items: [
      { text: "On a page", link: "/guide/hosts/browser" },
      { text: "Workers and threads", link: "/guide/hosts/threads" },
      { text: "Views for a page", link: "/guide/hosts/views" },
      { text: "The playground", link: "/guide/hosts/playground" },
      { text: "At the edge", link: "/guide/hosts/edge" },
      { text: "Deployment", link: "/guide/hosts/deployment" },
      { text: "In a classroom", link: "/guide/hosts/classroom" },
    ],
  },
  {
    text: "Help",
    items: [
      { text: "Troubleshooting", link: "/help/troubleshooting" },
      { text: "Error codes", link: "/help/errors" },
      { text: "Limits", link: "/help/limits" },
    ],
  },
  {
    text: "What is measured",
    items: [
      { text: "Recipes and their results", link: "/results" },
      { text: "Speed", link: "/speed" },
      { text: "What a page downloads", link: "/size" },
      { text: "Runtimes", link: "/runtimes" },
      { text: "Conformance", link: "/conformance" },
    ],
  },
  {
    text: "Inside",
    items: [
      { text: "Architecture", link: "/architecture" },
      { text: "The kernels and their ABI", link: "/kernels" },
      { text: "Examples", link: "/examples/" },
      { text: "Contributing", link: "/contributing" },
      { text: "Changelog", link: "/changelog" },
    ],
  },
];
