import { setting } from "../../platform/administration/index.ts";
import { publishedLevels } from "./model.ts";

/** What is told about a plot to callers who may not see places. The database looks at it too: `land_published`. */
export const publishedSetting = setting(
  "land.published",
  { kind: "choice", values: publishedLevels, labels: "land.published" },
  "nothing",
  { scope: "country" },
);

/** The settings of this domain. */
export const settings = [publishedSetting];
