const WIDTH = { 2: 1, 3: 2, 4: 4, 12: 8 } as const;
/** Text, shorts, longs and doubles of a TIFF directory. */
type Kind = keyof typeof WIDTH;
export type Tag = readonly [tag: number, kind: Kind, values: readonly number[] | string];

/** What one image of a file holds: its cells as they are stored, and tags besides those of its size and strip. */
export interface OddImage {
  readonly columns: number;
  readonly rows: number;
  readonly bits: number;
  /** 1 whole numbers, 2 with a sign, 3 floating point, 5 complex. */
  readonly format: number;
  readonly cells: Uint8Array;
  readonly tags?: readonly Tag[];
}

/** The tags that place a raster of cells of 10 m with its corner at 500 000, 1 200 000. */
export const placed: readonly Tag[] = [
  [33550, 12, [10, 10, 0]],
  [33922, 12, [0, 0, 0, 500_000, 1_200_000, 0]],
];

const numbers = (values: readonly number[] | string) =>
  typeof values === "string" ? [...values, "\0"].map((letter) => letter.charCodeAt(0)) : values;

/** A classic little-endian TIFF of uncompressed strips, its directories before its cells, as other programs write it. */
export function oddTiff(...images: readonly OddImage[]): ArrayBuffer {
  const lists = images.map(({ columns, rows, bits, format, cells, tags = [] }): Tag[] => {
    const own = new Set(tags.map(([tag]) => tag));
    const basic: Tag[] = [
      [256, 4, [columns]],
      [257, 4, [rows]],
      [258, 3, [bits]],
      [259, 3, [1]],
      [262, 3, [1]],
      [273, 4, [0]],
      [277, 3, [1]],
      [278, 4, [rows]],
      [279, 4, [cells.length]],
      [339, 3, [format]],
    ];
    return [...basic.filter(([tag]) => !own.has(tag)), ...tags].sort(([a], [b]) => a - b);
  });
  const beside = ([, kind, values]: Tag) => {
    const bytes = numbers(values).length * WIDTH[kind];
    return bytes > 4 ? bytes + (bytes % 2) : 0;
  };
  const heads = lists.map((tags) => 6 + tags.length * 12 + tags.reduce((sum, tag) => sum + beside(tag), 0));
  const first = 8 + heads.reduce((sum, bytes) => sum + bytes, 0);
  const bytes = new Uint8Array(first + images.reduce((sum, { cells }) => sum + cells.length, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x002a4949, true);
  view.setUint32(4, 8, true);
  let [directory, cellsAt] = [8, first];
  images.forEach(({ cells }, index) => {
    const tags = lists[index] as Tag[];
    let free = directory + 6 + tags.length * 12;
    view.setUint16(directory, tags.length, true);
    tags.forEach((tag, i) => {
      const [name, kind, values] = tag;
      const entry = directory + 2 + i * 12;
      const list = name === 273 ? [cellsAt] : numbers(values);
      view.setUint16(entry, name, true);
      view.setUint16(entry + 2, kind, true);
      view.setUint32(entry + 4, list.length, true);
      let at = entry + 8;
      if (beside(tag) > 0) {
        view.setUint32(entry + 8, free, true);
        at = free;
        free += beside(tag);
      }
      for (const value of list) {
        if (kind === 12) view.setFloat64(at, value, true);
        else if (kind === 4) view.setUint32(at, value, true);
        else if (kind === 3) view.setUint16(at, value, true);
        else view.setUint8(at, value);
        at += WIDTH[kind];
      }
    });
    view.setUint32(directory + 2 + tags.length * 12, index + 1 < images.length ? free : 0, true);
    bytes.set(cells, cellsAt);
    [directory, cellsAt] = [free, cellsAt + cells.length];
  });
  return bytes.buffer;
}
