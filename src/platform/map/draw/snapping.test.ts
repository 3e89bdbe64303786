import type { Polygon, Position } from "geojson";
import { describe, expect, test } from "vitest";
import { cornerAt, snapTarget } from "./snapping.ts";

/** A screen of a thousand pixels a degree, north up. */
const project = ([lon = 0, lat = 0]: Position) => ({ x: lon * 1000, y: -lat * 1000 });

const square: Polygon = {
  type: "Polygon",
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ],
  ],
};

describe("a corner that is drawn near a border", () => {
  test("goes to a corner of it, even where a side is nearer", () => {
    expect(snapTarget([square], project, { x: 1008, y: 2 }, 12)).toEqual({ position: [1, 0], kind: "corner" });
  });

  test("goes to the nearest place on a side where no corner is within reach", () => {
    const target = snapTarget([square], project, { x: 500, y: 9 }, 12);
    expect(target?.kind).toBe("side");
    expect(target?.position[0]).toBeCloseTo(0.5, 12);
    expect(target?.position[1]).toBe(0);
  });

  test("stays where it is when nothing is within reach", () => {
    expect(snapTarget([square], project, { x: 500, y: 13 }, 12)).toBeNull();
    expect(snapTarget([], project, { x: 0, y: 0 }, 12)).toBeNull();
  });

  test("follows every part of a multipolygon", () => {
    const shifted = square.coordinates.map((ring) => ring.map(([lon = 0, lat = 0]) => [lon + 5, lat]));
    const target = snapTarget(
      [{ type: "MultiPolygon", coordinates: [square.coordinates, shifted] }],
      project,
      { x: 5003, y: -1003 },
      12,
    );
    expect(target).toEqual({ position: [5, 1], kind: "corner" });
  });
});

test("the corner to remove is the nearest one within reach", () => {
  const ring: Position[] = [
    [0, 0],
    [0.02, 0],
    [0.02, 0.02],
  ];
  expect(cornerAt(ring, project, { x: 13, y: 0 }, 16)).toBe(1);
  expect(cornerAt(ring, project, { x: 6, y: 0 }, 16)).toBe(0);
  expect(cornerAt(ring, project, { x: 60, y: 0 }, 16)).toBeNull();
});
