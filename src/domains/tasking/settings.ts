import { setting } from "../../platform/administration/index.ts";
import { formatTransitions, shippedTransitions } from "./model.ts";

/** The steps that tasks may take in a country, as `planned>issued issued>in-progress …`. */
export const transitionsSetting = setting(
  "tasking.transitions",
  { kind: "text", maxLength: 2000 },
  formatTransitions(shippedTransitions),
  { scope: "country" },
);

/** The code of the criteria by which new tasks are scored. */
export const criteriaSetting = setting("tasking.criteria", { kind: "text", maxLength: 60 }, "mine-impact-score", {
  scope: "country",
});

/** How near an accident must be to count for an area, metres. */
export const radiusSetting = setting("tasking.casualty-radius", { kind: "integer", min: 0, max: 50_000 }, 2000, {
  scope: "country",
});

/** Over how many months back casualties count. */
export const monthsSetting = setting("tasking.casualty-months", { kind: "integer", min: 1, max: 240 }, 24, {
  scope: "country",
});

/** The settings of this domain. */
export const settings = [transitionsSetting, criteriaSetting, radiusSetting, monthsSetting];
