export * from "./api.js";
export { OffprintArticle, OffprintElement, OffprintList, OffprintReader, VERSION } from "./element.js";
