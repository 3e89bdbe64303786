import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, test } from "vitest";
import { readOutline, readTrack } from "./read-file.ts";

const parseXml = (text: string) => new DOMParser().parseFromString(text, "application/xml") as unknown as Document;
const track = (name: string, text: string) => readTrack(name, text, parseXml);
const outline = (text: string) => readOutline(text, parseXml);

const gpx = `<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="1" lon="2"/><trk><trkseg>
<trkpt lat="13.0" lon="103.0"><ele>10</ele><time>2026-01-01T00:00:00Z</time></trkpt>
<trkpt lat="13.1" lon="103.1"/><trkpt lat="99" lon="103.1"/></trkseg></trk></gpx>`;

describe("a track", () => {
  test("from GPX: track points with their times, impossible places left out", () => {
    expect(track("a.gpx", gpx)).toEqual({
      ok: true,
      value: [
        { lon: 103, lat: 13, time: "2026-01-01T00:00:00Z" },
        { lon: 103.1, lat: 13.1 },
      ],
    });
  });

  test("from CSV with any of the usual separators and names", () => {
    const expected = {
      ok: true,
      value: [{ lon: 103.5, lat: 13.25, time: "2026-01-01T00:00:00Z", accuracyMetres: 4.5 }],
    };
    expect(track("a.csv", 'Time,Latitude,Longitude,accuracy\n2026-01-01T00:00:00Z,"13.25",103.5,4.5\n')).toEqual(
      expected,
    );
    expect(track("a.csv", "lon;lat;time;accuracy\r\n103,5;13,25;2026-01-01T00:00:00Z;4,5")).toEqual(expected);
    expect(track("a.txt", "x\ty\n103.5\t13.25")).toEqual({ ok: true, value: [{ lon: 103.5, lat: 13.25 }] });
  });

  test("from the lines of GeoJSON, or else its points", () => {
    const line = {
      type: "LineString",
      coordinates: [
        [103, 13, 5],
        [103.1, 13.1, 5],
      ],
    };
    const point = { type: "Point", coordinates: [1, 2] };
    const both = {
      type: "FeatureCollection",
      features: [point, line].map((geometry) => ({ type: "Feature", geometry })),
    };
    expect(track("a.geojson", JSON.stringify(both))).toEqual({
      ok: true,
      value: [
        { lon: 103, lat: 13 },
        { lon: 103.1, lat: 13.1 },
      ],
    });
    expect(track("a.geojson", JSON.stringify(point))).toEqual({ ok: true, value: [{ lon: 1, lat: 2 }] });
  });

  test.each([
    ["a.csv", "a,b\n1,2", "columns-missing"],
    ["a.csv", "lat,lon\n,", "no-track"],
    ["a.gpx", "<gpx/>", "no-track"],
    ["a.json", "{", "unreadable"],
    ["a.dat", "lat,lon\n1,2", "unreadable"],
    ["a.json", '{"type":"Point","coordinates":[1,2],"crs":{"properties":{"name":"EPSG:32648"}}}', "not-wgs84"],
  ])("%s %s is refused as %s", (name, text, problem) => {
    expect(track(name, text)).toEqual({ ok: false, problem });
  });
});

describe("an outline", () => {
  const ring = [
    [103, 13],
    [103.1, 13],
    [103.1, 13.1],
    [103, 13],
  ];

  test("from GeoJSON of any nesting, heights left out; several become one of several parts", () => {
    const high = ring.map((position) => [...position, 7]);
    expect(outline(JSON.stringify({ type: "Polygon", coordinates: [high] }))).toEqual({
      ok: true,
      value: { type: "Polygon", coordinates: [ring] },
    });
    const two = {
      type: "FeatureCollection",
      features: [
        { type: "Feature", geometry: { type: "Polygon", coordinates: [ring] } },
        { type: "Feature", geometry: { type: "MultiPolygon", coordinates: [[ring]] } },
      ],
    };
    expect(outline(JSON.stringify(two))).toMatchObject({
      value: { type: "MultiPolygon", coordinates: [[ring], [ring]] },
    });
  });

  test("from KML with a hole", () => {
    const tuples = ring.map((position) => position.join(",")).join(",0 ");
    const boundary = (name: string) =>
      `<${name}><LinearRing><coordinates> ${tuples},0 </coordinates></LinearRing></${name}>`;
    const kml = `<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><Polygon>${boundary("outerBoundaryIs")}${boundary("innerBoundaryIs")}</Polygon></Placemark></kml>`;
    expect(outline(kml)).toEqual({ ok: true, value: { type: "Polygon", coordinates: [ring, ring] } });
  });

  test.each([
    ['{"type":"Point","coordinates":[1,2]}', "no-polygon"],
    ["<kml/>", "no-polygon"],
    ['{"type":"Polygon","coordinates":[[[1,2]]]}', "no-polygon"],
    ["[", "unreadable"],
  ])("%s is refused as %s", (text, problem) => {
    expect(outline(text)).toEqual({ ok: false, problem });
  });
});
