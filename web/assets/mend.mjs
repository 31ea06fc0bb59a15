// What must be changed in the packages of the editors before they fit: each mend names its file and the text that it
// replaces, and the build stops where that text is no longer there.
import fs from "node:fs";
import path from "node:path";

const MENDS = [
  {
    // Code fields bring their style as a sheet of the document: our pages allow no <style>.
    file: /style-mod[\\/](src|dist)[\\/]style-mod\.c?js$/,
    from: "!root.head && root.adoptedStyleSheets",
    to: "root.adoptedStyleSheets",
  },
  {
    // Typing [0..7) must not become [0..7)]: half-open ranges are no brackets to close.
    file: /feel-editor[\\/]dist[\\/]index\.(es|esm)?\.?js$/,
    from: "    closeBrackets(),\n",
    to: "",
  },
  {
    // A field that is edited in the panel must not take the focus from there at every letter.
    file: /form-js-editor[\\/]dist[\\/]index\.es\.js$/,
    from: "if (selection.isSelected(field)) {\n      ref.current.focus();",
    to: "if (selection.isSelected(field) && !document.activeElement?.closest('.fjs-properties-container')) {\n      ref.current.focus();",
  },
];

const EDITOR = path.join("node_modules", "@bpmn-io", "form-js-editor", "dist");

export const mended = {
  name: "mended",
  setup(build) {
    // The form editor, the viewer in it and our entries in its panel must share one preact, the editor's own.
    build.onResolve({ filter: /^preact(\/|$)/ }, ({ path: name, importer, kind, resolveDir }) => {
      if (!/form-js-viewer[\\/]|studio[\\/]form[\\/]/.test(importer) || resolveDir.endsWith(EDITOR)) return undefined;
      return build.resolve(name, { importer: "", kind, resolveDir: path.resolve(EDITOR) });
    });
    for (const { file, from, to } of MENDS) {
      build.onLoad({ filter: file }, ({ path }) => {
        const text = fs.readFileSync(path, "utf8");
        if (!text.includes(from)) throw new Error(`Nothing to mend in ${path}`);
        return { contents: text.replace(from, to), loader: "js" };
      });
    }
  },
};
