export { openPlain as openDecision } from "../plain.js";
