import type { MapTheme, Tone } from "./layers.ts";

/** Colours of the basemap and of the symbols for one theme. */
export interface Palette {
  sea: string;
  land: string;
  member: string;
  coast: string;
  water: string;
  border: string;
  unitBorder: string;
  text: string;
  unitText: string;
  halo: string;
  casing: string;
  selection: string;
  tones: Readonly<Record<Tone, string>>;
}

/** Fills of TN 07.11/01, half transparent: suspected and confirmed hazardous areas, the same in both themes. */
export const AREA_FILL = { sha: "#F4A718", cha: "#FF0000", indication: "#7A6A58" } as const;

/**
 * Outlines by status. TN 07.11/01 prints closed areas in cyan 40, yellow 100, a light green that vanishes on a light
 * map; these are the same hues, dark enough for three to one against the ground.
 */
export const STATUS_OUTLINE: Readonly<Record<MapTheme, { open: string; worked: string; closed: string }>> = {
  light: { open: "#C4000B", worked: "#B95A00", closed: "#4C7A00" },
  dark: { open: "#FF5A52", worked: "#FFA033", closed: "#A6E02E" },
};

export const PALETTES: Readonly<Record<MapTheme, Palette>> = {
  light: {
    sea: "#dbe7ea",
    land: "#eceae3",
    member: "#faf9f5",
    coast: "#b3c4c8",
    water: "#c3d9df",
    border: "#7b8386",
    unitBorder: "#c3c5bf",
    text: "#1f2a2e",
    unitText: "#566368",
    halo: "#fbfaf7",
    casing: "#ffffff",
    selection: "#0c3c8c",
    tones: {
      red: "#b3261e",
      orange: "#b95a00",
      green: "#2c6a2f",
      blue: "#1d5fa8",
      purple: "#6f3fa0",
      grey: "#55636a",
    },
  },
  dark: {
    sea: "#0e161a",
    land: "#1a2124",
    member: "#232c30",
    coast: "#314148",
    water: "#15262e",
    border: "#77868d",
    unitBorder: "#3c484d",
    text: "#e3eaec",
    unitText: "#a3b1b6",
    halo: "#141b1e",
    casing: "#11171a",
    selection: "#9ecbff",
    tones: {
      red: "#ff8078",
      orange: "#ffab57",
      green: "#8fcb8c",
      blue: "#8fbdf0",
      purple: "#c9a5f2",
      grey: "#a9b5ba",
    },
  },
};
