// Builds the pages' scripts and styles into ../static, each under a name with a hash of its content, and writes
// manifest.json beside them: the plain name ("report.js", "main.css") → the hashed one.
import { defineConfig, type Plugin } from "vite";

const PAGES = ["main", "report", "event", "map", "control", "figures"];

function flatManifest(): Plugin {
  return {
    name: "flat-manifest",
    generateBundle(_, bundle) {
      const names: Record<string, string> = {};
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk" && file.isEntry) names[`${file.name}.js`] = file.fileName;
        else if (file.type === "asset" && file.fileName.endsWith(".css")) {
          for (const name of file.names) names[name] = file.fileName;
        }
      }
      this.emitFile({ type: "asset", fileName: "manifest.json", source: `${JSON.stringify(names, null, 1)}\n` });
    },
  };
}

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [flatManifest()],
  worker: { format: "es" },
  build: {
    outDir: "../static",
    emptyOutDir: true,
    target: ["es2022", "chrome123", "firefox121", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: Object.fromEntries(PAGES.map((page) => [page, `src/${page}.ts`])),
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
});
