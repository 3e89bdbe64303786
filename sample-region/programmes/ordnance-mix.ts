import type { OrdnanceCategory } from "../../src/domains/ordnance/model.ts";
import type { Kind, Weighted } from "./programme.ts";

/** What is found in areas of each kind. */
export const foundIn: Readonly<Record<Kind, Weighted<OrdnanceCategory>>> = {
  belt: [
    ["ap-mine", 80],
    ["av-mine", 4],
    ["uxo-other", 9],
    ["fuze", 2],
    ["small-arms-ammunition", 4],
    ["booby-trap", 1],
  ],
  minefield: [
    ["ap-mine", 52],
    ["av-mine", 9],
    ["uxo-other", 24],
    ["axo", 5],
    ["fuze", 4],
    ["small-arms-ammunition", 6],
  ],
  improvised: [
    ["ap-mine-improvised", 48],
    ["ap-mine", 20],
    ["av-mine-improvised", 6],
    ["ied-other", 8],
    ["uxo-other", 14],
    ["axo", 4],
  ],
  strike: [
    ["submunition", 78],
    ["cluster-munition-container", 3],
    ["uxo-other", 14],
    ["fuze", 2],
    ["small-arms-ammunition", 3],
  ],
  battlefield: [
    ["uxo-other", 66],
    ["axo", 12],
    ["small-arms-ammunition", 10],
    ["fuze", 6],
    ["submunition", 3],
    ["ied-other", 3],
  ],
};

/** What people report in their villages and spot tasks remove, by what the province suffers from most. */
export const reported: Readonly<Record<Kind, Weighted<OrdnanceCategory>>> = {
  belt: [
    ["uxo-other", 50],
    ["ap-mine", 26],
    ["av-mine", 3],
    ["small-arms-ammunition", 10],
    ["axo", 8],
    ["fuze", 3],
  ],
  minefield: [
    ["uxo-other", 58],
    ["ap-mine", 18],
    ["av-mine", 3],
    ["small-arms-ammunition", 9],
    ["axo", 9],
    ["fuze", 3],
  ],
  improvised: [
    ["uxo-other", 44],
    ["ap-mine-improvised", 20],
    ["ied-other", 16],
    ["axo", 10],
    ["small-arms-ammunition", 10],
  ],
  strike: [
    ["uxo-other", 48],
    ["submunition", 36],
    ["axo", 6],
    ["small-arms-ammunition", 7],
    ["fuze", 3],
  ],
  battlefield: [
    ["uxo-other", 64],
    ["axo", 14],
    ["small-arms-ammunition", 12],
    ["ied-other", 6],
    ["fuze", 4],
  ],
};

/** What goes off in accidents. */
export const wentOff: Readonly<Record<Kind, Weighted<OrdnanceCategory>>> = {
  belt: [
    ["ap-mine", 58],
    ["av-mine", 12],
    ["uxo-other", 26],
    ["fuze", 2],
    ["unknown", 2],
  ],
  minefield: [
    ["ap-mine", 36],
    ["av-mine", 20],
    ["uxo-other", 38],
    ["fuze", 3],
    ["unknown", 3],
  ],
  improvised: [
    ["ap-mine-improvised", 46],
    ["ap-mine", 18],
    ["av-mine-improvised", 8],
    ["uxo-other", 14],
    ["ied-other", 6],
    ["unknown", 8],
  ],
  strike: [
    ["submunition", 52],
    ["uxo-other", 40],
    ["fuze", 3],
    ["unknown", 5],
  ],
  battlefield: [
    ["uxo-other", 66],
    ["ied-other", 14],
    ["fuze", 6],
    ["axo", 6],
    ["unknown", 8],
  ],
};

/** Codes of contamination that a survey writes down for an area of each kind. */
export const contaminations: Readonly<Record<Kind, Weighted<readonly string[]>>> = {
  belt: [
    [["ap-mine"], 80],
    [["ap-mine", "av-mine"], 14],
    [["ap-mine", "erw-other"], 6],
  ],
  minefield: [
    [["ap-mine"], 48],
    [["ap-mine", "av-mine"], 24],
    [["av-mine"], 10],
    [["ap-mine", "erw-other"], 18],
  ],
  improvised: [
    [["ap-mine-improvised"], 60],
    [["ap-mine-improvised", "ap-mine"], 22],
    [["ap-mine-improvised", "erw-other"], 12],
    [["unknown"], 6],
  ],
  strike: [
    [["cmr"], 86],
    [["cmr", "erw-other"], 14],
  ],
  battlefield: [
    [["erw-other"], 94],
    [["unknown"], 6],
  ],
};
