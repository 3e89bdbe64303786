import type { Block } from "../../../platform/documents/index.ts";
import type { FieldSurvey, ReleaseFacts } from "./data.ts";
import { fact, heading, table } from "./sections.ts";
import { unknown, type Writer } from "./words.ts";

const unitMark = { metre: "m", foot: "ft", yard: "yd" } as const;
const northMark = { true: "", grid: " G", magnetic: " M" } as const;

/** What the field teams wrote down, side by side with what the adjustment made of it; left out where nothing was typed. */
export function fieldSurveys({ surveys }: ReleaseFacts, writer: Writer): Block[] {
  if (surveys.length === 0) return [];
  return [
    heading(writer, "field-survey"),
    ...surveys.flatMap((survey) => [...traverseBlocks(survey, writer), ...coordinateBlocks(survey, writer)]),
  ];
}

function traverseBlocks({ polygon, traverse }: FieldSurvey, writer: Writer): Block[] {
  if (!traverse) return [];
  const l = (key: string) => writer.label(`document.release.field-survey.${key}`);
  const mark = northMark[traverse.north];
  const metres = (value: number | null, decimals: number) =>
    value === null ? unknown : `${writer.fixed(value, decimals)} m`;
  const declination =
    traverse.north === "magnetic" && traverse.declinationDegrees !== null
      ? [`${writer.fixed(traverse.declinationDegrees, 2)}°`, traverse.declinationDate].filter(Boolean).join(", ")
      : null;
  return [
    table(
      writer,
      [
        ["field-survey.side", 2],
        ["bearing", 2.2, "right"],
        ["distance", 1.8, "right"],
        ["field-survey.north", 2, "right"],
        ["field-survey.east", 2, "right"],
      ],
      traverse.legs.map(({ from, to, bearing, distance, adjusted }) => [
        `${from} – ${to}`,
        bearing === "" ? unknown : `${bearing}${mark}`,
        distance === "" ? unknown : `${distance} ${unitMark[traverse.unit]}`,
        adjusted ? writer.fixed(adjusted.north, 2) : unknown,
        adjusted ? writer.fixed(adjusted.east, 2) : unknown,
      ]),
      { caption: writer.label("document.release.field-survey.of", { polygon }) },
    ),
    {
      kind: "facts",
      items: [
        fact(l("start"), traverse.start ?? unknown),
        ...(declination === null ? [] : [fact(l("declination"), declination)]),
        fact(l("perimeter"), metres(traverse.perimeterMetres, 1)),
        fact(l("misclosure"), metres(traverse.misclosureMetres, 2)),
        fact(
          l("precision"),
          traverse.precision === null ? unknown : `1 : ${writer.number(Math.round(traverse.precision))}`,
        ),
        fact(l("adjustment"), l(traverse.adjusted ? "compass-rule" : "as-measured")),
      ],
    },
  ];
}

function coordinateBlocks({ polygon, coordinates }: FieldSurvey, writer: Writer): Block[] {
  if (!coordinates) return [];
  return [
    table(
      writer,
      [
        ["point", 1],
        ["field-survey.as-typed", 5],
      ],
      coordinates.points.map(({ name, asTyped }) => [name, asTyped === "" ? unknown : asTyped]),
      { caption: writer.label("document.release.field-survey.of", { polygon }) },
    ),
    {
      kind: "facts",
      items: [
        fact(
          writer.label("document.release.field-survey.datum"),
          coordinates.datum ? writer.said({ list: "datum", value: coordinates.datum }) : unknown,
        ),
      ],
    },
  ];
}
