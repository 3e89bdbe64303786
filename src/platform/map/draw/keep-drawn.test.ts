import type { SourceSpecification, StyleSpecification } from "maplibre-gl";
import { expect, test } from "vitest";
import { drawnPrefix, keepDrawn } from "./keep-drawn.ts";

const data: SourceSpecification = { type: "geojson", data: { type: "FeatureCollection", features: [] } };
const style = (...names: string[]): StyleSpecification => ({
  version: 8,
  sources: Object.fromEntries(names.map((name) => [name, data])),
  layers: names.map((name) => ({ id: name, type: "line", source: name })),
});

test("a new style keeps what is drawn, on top, and nothing else of the old one", () => {
  const before = style("old", `${drawnPrefix}-polygon`);
  const kept = keepDrawn(before, style("new"));
  expect(Object.keys(kept.sources)).toEqual(["new", `${drawnPrefix}-polygon`]);
  expect(kept.layers.map(({ id }) => id)).toEqual(["new", `${drawnPrefix}-polygon`]);
});

test("a style is left alone where nothing is drawn", () => {
  const next = style("new");
  expect(keepDrawn(undefined, next)).toBe(next);
  expect(keepDrawn(style("old"), next)).toBe(next);
});
