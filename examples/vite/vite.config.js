const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default {
  build: { target: "es2022" },
  worker: { format: "es" }, // the worker loads one build of the kernels, as a chunk of its own
  optimizeDeps: { exclude: ["anygrad"] }, // or the development server would not find the worker
  server: { headers: isolation }, // threads; the host of the built page must send the two headers too
  preview: { headers: isolation },
};
