export { openPlain as openForm } from "../plain.js";
