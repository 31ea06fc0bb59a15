// Bundles the assets into the folder given: names carry a hash of the content, manifest.json tells the pages
// which is which, and everything that shrinks lies beside its .gz, so that the server never compresses.
import * as esbuild from "esbuild";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { mended } from "./mend.mjs";

const target = path.resolve(process.argv[2]);
fs.rmSync(target, { recursive: true, force: true });

const options = {
  outdir: target,
  entryNames: "[name]-[hash]",
  chunkNames: "part-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "esm",
  splitting: true,
  metafile: true,
  legalComments: "none",
  target: ["chrome120", "firefox121", "safari17"],
  loader: { ".woff2": "file", ".woff": "empty", ".ttf": "empty", ".eot": "empty", ".svg": "empty" },
  logLevel: "warning",
};
const house = { app: "js/app.js", house: "css/app.css", "diagram-style": "css/diagram.css" };
const built = await esbuild.build({ ...options, entryPoints: house });
// The pages for anybody share no file with the others: on a weak line every request counts.
const open = { public: "js/public.js", "public-pages": "css/public.css" };
const builtOpen = await esbuild.build({ ...options, entryPoints: open });
// Nor do the editors: what a case worker loads does not change with them. Their styles are built first, for the
// script to know the names of those that come with each editor.
const studioStyles = { "studio-style": "css/studio-editor.css", "studio-bpmn": "css/studio-bpmn.css", "studio-dmn": "css/studio-dmn.css", "studio-form": "css/studio-form.css" };
const builtStyles = await esbuild.build({ ...options, entryPoints: studioStyles });
const styles = Object.fromEntries(Object.entries(builtStyles.metafile.outputs)
  .filter(([, output]) => output.entryPoint)
  .map(([file, output]) => [/studio-(\w+)\.css$/.exec(output.entryPoint)[1], path.basename(file)]));
const builtStudio = await esbuild.build({
  ...options, entryPoints: { studio: "js/studio/studio.js" }, plugins: [mended],
  define: { STUDIO_STYLES: JSON.stringify(styles), "process.env.NODE_ENV": '"production"' },
});

const names = { "studio-style.css": styles.editor };
const outputs = { ...built.metafile.outputs, ...builtOpen.metafile.outputs, ...builtStyles.metafile.outputs, ...builtStudio.metafile.outputs };
for (const [file, output] of Object.entries(outputs)) {
  const name = path.basename(file);
  if (/^js\/(app|public|studio\/studio)\.js$/.test(output.entryPoint ?? "") || output.entryPoint?.startsWith("css/")) {
    names[path.basename(output.entryPoint)] = name;
  } else if (name.endsWith(".woff2")) {
    names[name.replace(/-[A-Z0-9]{8}\.woff2$/, ".woff2")] = name;
  }
}
fs.writeFileSync(path.join(target, "manifest.json"), JSON.stringify(names, null, 1));

for (const name of fs.readdirSync(target).filter((name) => /\.(js|css)$/.test(name))) {
  const file = path.join(target, name);
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(fs.readFileSync(file), { level: 9 }));
}
