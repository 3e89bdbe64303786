import type { FilterSpecification } from "maplibre-gl";
import { describe, expect, it } from "vitest";
import { dataLayers } from "./data-style.ts";
import { withOwnFilter } from "./LayerFilter.tsx";

const filterOf = (layer: object): FilterSpecification => (layer as { filter: FilterSpecification }).filter;

describe("the filter of a layer that is changed in place", () => {
  it("is in every part of the layer what a new style would have", () => {
    const styled = (filter: FilterSpecification) =>
      dataLayers(
        {
          id: "areas",
          kind: "hazard-areas",
          source: { data: { type: "FeatureCollection", features: [] } },
          labelField: "code",
          filter,
        },
        "light",
      );
    const before: FilterSpecification = ["<=", ["get", "from"], 20200101];
    const after: FilterSpecification = ["all", ["<=", ["get", "from"], 20210101], [">", ["get", "until"], 20210101]];
    expect(styled(before).length).toBeGreaterThan(5);
    expect(styled(before).map((layer) => withOwnFilter(filterOf(layer), after))).toEqual(styled(after).map(filterOf));
  });
});
