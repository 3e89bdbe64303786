import { createWriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { readRows } from "./reader.ts";
import type { ReadOptions, SourceRow } from "./types.ts";
import type { WriteRow } from "./write.ts";

/** A temporary directory for a test's files; remove it when done. */
export interface Workspace {
  directory: string;
  path(name: string): string;
  /** Writes a file and returns its path. */
  file(name: string, content: string | Uint8Array): Promise<string>;
  /** Packs members into a zip and returns its path. */
  zip(name: string, members: Record<string, string | Uint8Array>): Promise<string>;
  remove(): Promise<void>;
}

/** Makes a workspace for a test. */
export async function aWorkspace(): Promise<Workspace> {
  const directory = await mkdtemp(join(tmpdir(), "santi-test-"));
  const path = (name: string) => join(directory, name);
  return {
    directory,
    path,
    async file(name, content) {
      await writeFile(path(name), content);
      return path(name);
    },
    async zip(name, members) {
      const zip = new ZipFile();
      for (const [member, content] of Object.entries(members)) zip.addBuffer(Buffer.from(content), member);
      zip.end();
      await pipeline(zip.outputStream, createWriteStream(path(name)));
      return path(name);
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** All rows of a file. */
export async function allRows(path: string, options?: ReadOptions): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of readRows(path, options)) rows.push(row);
  return rows;
}

/** Rows of every geometry type, in scripts of the region, with every kind of value. */
export function someRows(): WriteRow[] {
  const ring = [
    [103, 13],
    [103.1, 13],
    [103.1, 13.1],
    [103, 13.1],
    [103, 13],
  ];
  const hole = [
    [103.02, 13.02],
    [103.02, 13.04],
    [103.04, 13.04],
    [103.04, 13.02],
    [103.02, 13.02],
  ];
  const far = ring.map(([x = 0, y = 0]) => [x + 1, y]);
  const fields = (code: string, name: string, area: number | null, open: boolean | null) => ({
    code,
    name,
    area,
    open,
  });
  return [
    { fields: fields("0101", "ភូមិ​ថ្មី", 1234.5, true), geometry: { type: "Point", coordinates: [103.5, 13.25] } },
    { fields: fields("0102", 'ບ້ານ, "ໃໝ່"', -3, false), geometry: { type: "Polygon", coordinates: [ring, hole] } },
    {
      fields: fields("0103", "หมู่บ้าน\nใหม่", 0, null),
      geometry: { type: "MultiPolygon", coordinates: [[ring, hole], [far]] },
    },
    { fields: fields("0104", "Xã Hiếu Giang", null, true), geometry: { type: "LineString", coordinates: ring } },
    { fields: fields("0105", "ရွာ", 7, false), geometry: { type: "MultiLineString", coordinates: [ring, hole] } },
    { fields: fields("0106", "Baryo", 8, false), geometry: { type: "MultiPoint", coordinates: ring } },
    { fields: fields("0107", "Tall", 9, true), geometry: { type: "Point", coordinates: [103.5, 13.25, 120.5] } },
    {
      fields: fields("0108", "Both", 1e-7, true),
      geometry: {
        type: "GeometryCollection",
        geometries: [
          { type: "Point", coordinates: [103.5, 13.25] },
          { type: "LineString", coordinates: hole },
        ],
      },
    },
  ];
}
