import { describe, expect, it } from "vitest";
import { travelTime } from "./compiled.ts";
import { GOLDEN_SOURCES, goldenPath } from "./golden.test-helper.ts";
import { openGeoTiff } from "./raster/read-geotiff.ts";
import { referenceTravelTime } from "./reference.ts";
import { differingCells } from "./samples.test-helper.ts";

const golden = async (name: string) => openGeoTiff(goldenPath(name));

describe("results of GRASS GIS 8.2.1, kept as files", async () => {
  const friction = await (await golden("friction")).read();
  const elevation = await (await golden("elevation")).read();
  const langmuir = { kind: "langmuir", elevation } as const;
  for (const [name, options] of [
    ["r-cost", { knight: false }],
    ["r-cost-k", { knight: true }],
    ["r-walk", { knight: false, movement: langmuir }],
    ["r-walk-k", { knight: true, movement: langmuir }],
  ] as const) {
    it(`${name}: the same bits in every cell`, async () => {
      const { data } = await (await golden(name)).readDouble();
      expect(data.filter((value) => value > 0).length).toBeGreaterThan(3000);
      expect(differingCells(referenceTravelTime(friction, GOLDEN_SOURCES, options).time, data)).toBe(0);
      expect(differingCells(travelTime(friction, GOLDEN_SOURCES, options).time, data)).toBe(0);
    });
  }
});
