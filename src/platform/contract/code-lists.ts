import { datePrecisions } from "./dates.ts";
import { positionCodeLists } from "./position.ts";

/** Code lists that belong to no domain: how positions and dates are known. Datums are those of land-geometry. */
export const generalCodeLists = {
  ...positionCodeLists,
  "date-precision": datePrecisions,
  datum: [
    "wgs-84",
    "indian-1954",
    "indian-1960",
    "indian-1975",
    "vn-2000",
    "hanoi-1972",
    "lao-1997",
    "vientiane-1982",
    "luzon-1911",
    "prs92",
  ],
} as const;
