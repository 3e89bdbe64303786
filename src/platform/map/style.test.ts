import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { languages } from "../contract/fields.ts";
import { absoluteUrl } from "./absolute-url.ts";
import { labelText } from "./basemap-style.ts";
import type { MapLayer } from "./layers.ts";
import { legendEntries } from "./legend.ts";
import { mapImage } from "./patterns.ts";
import { metresPerPixel, scaleBar } from "./scale.ts";
import { mapStyle } from "./style.ts";

const LAYERS: MapLayer[] = [
  {
    kind: "hazard-areas",
    id: "areas",
    source: { tiles: "https://example.org/tiles/land/{z}/{x}/{y}", sourceLayer: "areas" },
    labelField: "code",
    filter: ["!=", ["get", "status"], "released"],
  },
  {
    kind: "points",
    id: "accidents",
    source: { tiles: "https://example.org/tiles/accidents/{z}/{x}/{y}", sourceLayer: "accidents", minZoom: 3 },
    shape: "diamond",
    tone: "purple",
    countField: "count",
  },
  {
    kind: "points",
    id: "services",
    source: { data: { type: "FeatureCollection", features: [] } },
    shape: "cross",
    tone: "blue",
  },
  {
    kind: "shaded-areas",
    id: "travel",
    source: { data: { type: "FeatureCollection", features: [] } },
    valueField: "minutes",
    classes: [
      { from: 0, color: "#eef" },
      { from: 60, color: "#88c" },
    ],
  },
  {
    kind: "shaded-units",
    id: "victims",
    level: "unit",
    values: { "KH-2": 4, "VN-25@2025": 12 },
    classes: [
      { from: 1, color: "#fdd" },
      { from: 10, color: "#a44" },
    ],
  },
  {
    kind: "lines",
    id: "links",
    source: { data: { type: "FeatureCollection", features: [] } },
    tone: "grey",
    dashed: true,
  },
];

const style = mapStyle({ assetBase: "https://example.org/assets", language: "km", theme: "light", layers: LAYERS });

describe("the map style", () => {
  it.each(
    languages.flatMap((language) => [
      { language, theme: "light" as const },
      { language, theme: "dark" as const },
    ]),
  )("is valid by the MapLibre style specification in $language, $theme", ({ language, theme }) => {
    const full = mapStyle({ assetBase: "https://example.org/assets", language, theme, layers: LAYERS });
    expect(validateStyleMin(full as Parameters<typeof validateStyleMin>[0])).toEqual([]);
  });

  it("depends only on its input", () => {
    const input = { assetBase: "https://example.org/assets", language: "km", theme: "light", layers: LAYERS } as const;
    expect(mapStyle(input)).toEqual(style);
  });

  it("draws shades under the borders, symbols over them, and names over everything", () => {
    const order = style.layers.map(({ id }) => id);
    const at = (id: string) => order.indexOf(id);
    expect(at("victims:fill")).toBeGreaterThan(at("region-members"));
    expect(at("victims:fill")).toBeLessThan(at("region-borders"));
    expect(at("areas:fill")).toBeGreaterThan(at("region-borders"));
    expect(at("country-labels")).toBe(order.length - 1);
  });

  it("refuses two layers of one id", () => {
    const [first] = LAYERS as [MapLayer];
    expect(() => mapStyle({ assetBase: "", language: "en", theme: "dark", layers: [first, first] })).toThrow(/areas/);
  });

  it("gives class and status of a hazardous area a form beside the colour", () => {
    const parts = Object.fromEntries(style.layers.map((layer) => [layer.id, layer]));
    const dashes = ["open", "worked", "suspended", "closed"].map((part) => {
      const layer = parts[`areas:${part}`];
      if (layer?.type !== "line") throw new Error(`${part} is not drawn as a line`);
      return JSON.stringify(layer.paint?.["line-dasharray"] ?? "continuous");
    });
    expect(new Set(dashes).size).toBe(4);
    const hatches = ["sha", "cha", "indication"].map((name) => mapImage(`hatch:${name}:light`)?.data.join());
    expect(new Set(hatches).size).toBe(3);
    const points = ["", ":dotted", ":hollow"].map((mark) => mapImage(`point:square:red:light${mark}`)?.data.join());
    expect(new Set(points).size).toBe(3);
  });

  it("finds a font file for every letter of the languages", () => {
    const faces = style["font-faces"] as Record<string, { "unicode-range": string[] }[]>;
    const samples = "Quảng Trị Đắk Nông ភ្នំពេញ ຫຼວງນ້ຳທາ ศรีสะเกษ မြန်မာ Liquiçá ប៉ៃលិន";
    for (const files of Object.values(faces)) {
      const ranges = files
        .flatMap((file) => file["unicode-range"])
        .map((range) =>
          range
            .slice(2)
            .split("-")
            .map((hex) => Number.parseInt(hex, 16)),
        );
      for (const letter of samples) {
        const code = letter.codePointAt(0) as number;
        expect(
          ranges.some(([from = 0, to = from]) => code >= from && code <= to),
          letter,
        ).toBe(true);
      }
    }
  });
});

describe("labels", () => {
  it("show one line in Latin script languages and a second, Latin, line in the others", () => {
    expect(JSON.stringify(labelText("en"))).not.toContain("font-scale");
    expect(JSON.stringify(labelText("vi"))).toContain("name_vi");
    expect(JSON.stringify(labelText("my"))).toContain("font-scale");
  });
});

describe("images", () => {
  it("answer only to names of our own", () => {
    expect(mapImage("hatch:sha:light")).toMatchObject({ width: 16, height: 16 });
    for (const name of [
      "",
      "hatch:sha",
      "hatch:toString:light",
      "point:circle:pink:light",
      "point:circle:red:light:odd",
    ]) {
      expect(mapImage(name), name).toBeNull();
    }
  });

  it("let the ground shine through a hatch and close a solid symbol", () => {
    const alphas = (name: string) => [...(mapImage(name)?.data ?? [])].filter((_, i) => i % 4 === 3);
    expect(alphas("hatch:cha:dark")).toContain(0);
    expect(Math.max(...alphas("hatch:cha:dark"))).toBeGreaterThan(100);
    const solid = mapImage("point:circle:red:light") as NonNullable<ReturnType<typeof mapImage>>;
    expect(solid.data[((solid.height / 2) * solid.width + solid.width / 2) * 4 + 3]).toBe(255);
  });
});

describe("the scale bar", () => {
  it("is a round length, fits, and is more than a third of the room it has", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -80, max: 80, noNaN: true }),
        fc.double({ min: 0, max: 19, noNaN: true }),
        (lat, zoom) => {
          const perPixel = metresPerPixel(lat, zoom);
          const { width, value, unit } = scaleBar(perPixel, 100);
          expect(width).toBeLessThanOrEqual(100 + 1e-9);
          expect(width).toBeGreaterThan(100 / 3);
          expect([1, 2, 5]).toContain(Number((value / 10 ** Math.floor(Math.log10(value) + 1e-9)).toFixed(6)));
          expect((value * (unit === "km" ? 1000 : 1)) / perPixel).toBeCloseTo(width, 6);
        },
      ),
    );
  });
});

describe("the legend", () => {
  it("has a swatch for every symbol, in the colours of the theme", () => {
    const entries = legendEntries(LAYERS, "dark");
    expect(entries.filter(({ layer }) => layer === "areas").map(({ key }) => key)).toEqual([
      "class.cha",
      "class.sha",
      "class.indication",
      "status.open",
      "status.worked-on",
      "status.suspended",
      "status.closed",
    ]);
    expect(entries.find(({ key }) => key === "class.sha")?.swatch).toMatchObject({ fill: "#F4A718", fillOpacity: 0.5 });
    expect(entries.find(({ key }) => key === "class.cha")?.swatch).toMatchObject({ fill: "#FF0000", fillOpacity: 0.5 });
    expect(entries.filter(({ layer }) => layer === "victims").map(({ from, to }) => [from, to])).toEqual([
      [1, 10],
      [10, undefined],
    ]);
  });
});

describe("absolute addresses", () => {
  it("keep the braces of a tile template", () => {
    expect(absoluteUrl("/tiles/{z}/{x}/{y}", "https://a.example")).toBe("https://a.example/tiles/{z}/{x}/{y}");
    expect(absoluteUrl("https://b.example/{z}", "https://a.example")).toBe("https://b.example/{z}");
  });
});
