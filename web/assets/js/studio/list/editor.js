export { openPlain as openList } from "../plain.js";
