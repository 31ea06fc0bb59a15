// The style sheet of one editor, from the same folder as this script; the build writes its name in.
/* global STUDIO_STYLES */

export function loadStyle(kind) {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(STUDIO_STYLES[kind], import.meta.url).href;
    link.onload = resolve;
    link.onerror = () => reject(new Error(link.href));
    document.head.append(link);
  });
}
