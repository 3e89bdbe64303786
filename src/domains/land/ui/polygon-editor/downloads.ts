import type { ComputedSurvey, SurveyedPolygon } from "@santi/land-geometry";

function cell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/**
 * The corners of an outline as CSV: name, kind, longitude and latitude on WGS 84, true bearing and distance to the next.
 * Latin digits and a decimal point, whatever the language of the page.
 */
export function cornersCsv({ corners }: ComputedSurvey): string {
  const head = ["name", "kind", "longitude", "latitude", "bearing_degrees", "distance_metres"];
  const rows = corners.map(({ name, kind, lon, lat, bearingDegrees, distanceMetres }) =>
    [name, kind, lon.toFixed(8), lat.toFixed(8), bearingDegrees.toFixed(4), distanceMetres.toFixed(3)].map(cell),
  );
  return [head, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

/** The outline as a GeoJSON feature that carries its figures and the survey as it was typed; null without an outline. */
export function outlineGeoJson(survey: SurveyedPolygon, computed: ComputedSurvey): string | null {
  const { geometry, squareMetres, perimeterMetres, traverse } = computed;
  if (!geometry) return null;
  const feature = {
    type: "Feature",
    geometry,
    properties: {
      squareMetres,
      perimeterMetres: perimeterMetres === null ? null : Math.round(perimeterMetres * 100) / 100,
      ...(traverse ? { precision: traverse.precision === null ? null : Math.round(traverse.precision) } : {}),
      survey,
    },
  };
  return `${JSON.stringify(feature, null, 2)}\n`;
}

/** Hands a text to the browser as a file. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
