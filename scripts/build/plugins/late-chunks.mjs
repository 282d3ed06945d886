// What the core imports late it imports through one chunk, which knows where the others are. Users' bundlers write a list of files and
// a call with places in it for each import(), which all pages would download with the core: 1.7 kB by Vite, 0.4 by webpack, for
// chunks that most of them never ask for. The kernels, which every page asks for, and threads, which isolated pages do, are imported as they were.
const fileName = "chunks/lateChunks.js";

/** @param {(file: string) => boolean} isDirect says so of a chunk that the core goes on importing itself, by its path as the core writes it */
export function lateChunks(isDirect) {
  const files = [];
  return {
    name: "late-chunks",
    renderChunk(code, { name }) {
      if (name !== "core") return null;
      const text = code.replaceAll(/\bimport\("([^"]+)"\)/g, (call, file) => {
        if (isDirect(file)) return call;
        if (!files.includes(file)) files.push(file);
        return `importLate(${files.indexOf(file)} /* ${file} */)`;
      });
      if (files.length === 0) throw new Error("bundle: the core imports nothing late");
      return { code: `${text}\n${importLate}` };
    },
    generateBundle() {
      const imports = files.map((file) => `\t() => import("${file}"),\n`);
      this.emitFile({ type: "asset", fileName, source: `export const chunks = [\n${imports.join("")}];\n` });
    },
  };
}

const importLate = `async function importLate(place) {
	const { chunks } = await import("./lateChunks.js");
	return chunks[place]();
}
`;
