import type { Definition } from "../model-definition.ts";
import { donorResults } from "./donors.ts";
import {
  casualtyTables,
  countryProfile,
  dataQuality,
  factSheet,
  operatorTables,
  regionalOverview,
} from "./overviews.ts";
import { apmbcArticle7, ccmArticle7, extensionRequest } from "./treaties.ts";

/** The reports that ship, in the order in which they are offered. */
export const shippedDefinitions: readonly Definition[] = [
  apmbcArticle7,
  ccmArticle7,
  extensionRequest,
  casualtyTables,
  operatorTables,
  donorResults,
  factSheet,
  countryProfile,
  regionalOverview,
  dataQuality,
];
