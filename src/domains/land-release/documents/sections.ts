import type { Bilingual, Block, DocumentModel, TableColumn, Words } from "../../../platform/documents/index.ts";
import { cornersOf, legsOf, utmText } from "./corners.ts";
import type { People, QualityVisit, ReleasedPolygon, ReleaseFacts, SurveyPoint } from "./data.ts";
import { mapFigure } from "./figure.ts";
import { unknown, type Writer } from "./words.ts";

type Align = TableColumn["align"];

/** A label with its value, as the facts of a section take it. */
export const fact = (label: Bilingual, value: Words, wide = false) => ({ label, value, wide });

/** A table from the keys of its columns: `[key, share of the width, alignment]`. */
export function table(
  writer: Writer,
  columns: readonly (readonly [key: string, weight: number, align?: Align])[],
  rows: readonly (readonly Words[])[],
  options: { caption?: Bilingual; total?: readonly Words[] } = {},
): Block {
  return {
    kind: "table",
    caption: options.caption ?? null,
    columns: columns.map(([key, weight, align = "left"]) => ({
      label: writer.label(`document.release.${key}`),
      weight,
      align,
    })),
    rows,
    total: options.total ?? null,
    empty: writer.label("document.release.none"),
  };
}

/** A heading by its key. */
export const heading = (writer: Writer, key: string): Block => ({
  kind: "heading",
  label: writer.label(`document.release.${key}`),
});

const sum = (products: readonly ReleasedPolygon[], ...kinds: ReleasedPolygon["outcome"][]) =>
  products
    .filter(({ outcome }) => kinds.includes(outcome))
    .reduce((total, { squareMetres }) => total + squareMetres, 0);

/** What the document is about: task, area, place, who, when. */
export function identity(facts: ReleaseFacts, writer: Writer): Block {
  const { area, task } = facts;
  const l = (key: string) => writer.label(`document.release.${key}`);
  return {
    kind: "facts",
    items: [
      fact(l("task"), task ? [task.code, task.title].filter(Boolean).join(" · ") : unknown),
      fact(l("area"), [area.code, area.name].filter(Boolean).join(" · ")),
      fact(l("place"), writer.list(area.place), true),
      fact(l("class"), writer.said({ list: "area-class", value: area.areaClass })),
      fact(l("contamination"), writer.list(area.contamination)),
      fact(l("original-area"), writer.area(area.squareMetres)),
      fact(l("status"), writer.said({ list: "area-status", value: area.status })),
      fact(l("organisation"), writer.said(facts.organisation)),
      fact(l("team"), facts.team ?? unknown),
      fact(l("started"), writer.date(facts.startedOn)),
      fact(l("ended"), writer.date(facts.endedOn)),
      fact(l("issued"), writer.date(facts.head.issuedOn)),
      fact(l("reports"), facts.reports.join(", ") || unknown),
    ],
  };
}

/** The account of the area: what it was, what became of it, what remains. */
export function account({ area, products, ...facts }: ReleaseFacts, writer: Writer): Block {
  const row = (key: string, squareMetres: number): Words[] => [
    writer.label(`document.release.${key}`),
    writer.number(squareMetres),
    writer.hectares(squareMetres),
  ];
  const rows = [
    row("original-area", area.squareMetres),
    ...(facts.adjustedSquareMetres === 0 ? [] : [row("adjusted", facts.adjustedSquareMetres)]),
    row("outcome.cancelled", sum(products, "cancelled")),
    row("outcome.reduced-with-asset", sum(products, "reduced-with-asset")),
    row("outcome.reduced-without-asset", sum(products, "reduced-without-asset")),
    row("outcome.cleared", sum(products, "cleared")),
  ];
  const released = products.reduce((total, { squareMetres }) => total + squareMetres, 0);
  return table(
    writer,
    [
      ["account", 5],
      ["square-metres", 2, "right"],
      ["hectares", 2, "right"],
    ],
    [...rows, row("released", released)],
    { total: row("remaining", facts.remainingSquareMetres) },
  );
}

/** One row for each piece of released ground. */
export function releasedGround({ products }: ReleaseFacts, writer: Writer): Block {
  return table(
    writer,
    [
      ["polygon", 1.6],
      ["outcome", 2.6],
      ["square-metres", 1.6, "right"],
      ["depth", 1.3, "right"],
      ["methods-assets", 3],
      ["days", 2],
    ],
    products.map((product, i) => [
      product.code ?? String(i + 1),
      writer.label(`document.release.outcome.${product.outcome}`),
      writer.number(product.squareMetres),
      writer.depth(product.depthCentimetres),
      writer.list([...product.methods, ...product.assets]),
      [product.startedOn, product.endedOn].map((day) => day ?? unknown).join(" – "),
    ]),
  );
}

const degrees = (value: number) => value.toFixed(6);

/** How the points of a table were fixed, when it is the same for all; it is then said once. */
function sameForAll(points: readonly SurveyPoint[], writer: Writer): Words | null {
  const written = points.map((point) => fixedBy(point, writer));
  return written.every((each) => JSON.stringify(each) === JSON.stringify(written[0])) ? (written[0] ?? null) : null;
}

/** The table of some points; of a closed outline with the way from each to the next. */
function cornerTable(points: readonly SurveyPoint[], caption: Bilingual, closed: boolean, writer: Writer): Block[] {
  const legs = closed ? legsOf(points) : points.map((point) => ({ point, bearing: null, metres: null }));
  const common = sameForAll(points, writer);
  const bearing = ({ degrees: value, north }: NonNullable<(typeof legs)[number]["bearing"]>) =>
    `${writer.fixed(value, 1)}°${northMark[north]}`;
  const corners = table(
    writer,
    [
      ["point", 1.5],
      ["latitude", 1.75, "right"],
      ["longitude", 1.85, "right"],
      ["utm", 3.1],
      ...(common === null ? ([["fixed-by", 2.6]] as const) : []),
      ...(closed
        ? ([
            ["bearing", 1.7, "right"],
            ["distance", 1.6, "right"],
          ] as const)
        : []),
    ],
    legs.map(({ point, bearing: way, metres }) => [
      point.name,
      degrees(point.latitude),
      degrees(point.longitude),
      utmText(point.longitude, point.latitude),
      ...(common === null ? [fixedBy(point, writer)] : []),
      ...(closed ? [way ? bearing(way) : unknown, metres === null ? unknown : `${writer.fixed(metres, 1)} m`] : []),
    ]),
    { caption },
  );
  if (common === null || common === unknown) return [corners];
  return [corners, { kind: "facts", items: [fact(writer.label("document.release.fixed-by"), common, true)] }];
}

/** True bearings carry no mark; the others say what they are measured from, as on maps. */
const northMark = { true: "", grid: " G", magnetic: " M" } as const;

function fixedBy({ fixedBy: how, accuracyMetres }: SurveyPoint, writer: Writer): Words {
  const said = writer.said(how);
  if (accuracyMetres === null) return said;
  const about = ` (±${writer.fixed(accuracyMetres, 2)} m)`;
  return typeof said === "string" ? said + about : { own: said.own + about, english: said.english };
}

/** Outlines of all pieces as surveyed points, each with the name of its piece. */
function outlinesOf({ products, area }: ReleaseFacts): { name: string; points: readonly SurveyPoint[] }[] {
  const own = products.flatMap((product, i) => {
    const name = product.code ?? String(i + 1);
    if (product.corners) return [{ name, points: product.corners }];
    return cornersOf(product.geometry).map((points) => ({ name, points }));
  });
  return own.length > 0 ? own : cornersOf(area.geometry).map((points) => ({ name: area.code, points }));
}

/** Map, marks and the table of all corners. */
export function survey(facts: ReleaseFacts, devices: Parameters<typeof mapFigure>[2], writer: Writer): Block[] {
  const outlines = outlinesOf(facts);
  const figure = mapFigure(facts, [...facts.marks, ...outlines.flatMap(({ points }) => points)], devices, writer);
  return [
    ...(figure ? [heading(writer, "map"), figure] : []),
    heading(writer, "points"),
    { kind: "paragraph", words: writer.label("document.release.points.note") },
    ...cornerTable(facts.marks, writer.label("document.release.marks"), false, writer),
    ...outlines.flatMap(({ name, points }) =>
      cornerTable(points, writer.label("document.release.corners", { polygon: name }), true, writer),
    ),
  ];
}

/** What stays behind: ground that was not worked, restrictions, whom to tell. */
export function residual({ residual: rest }: ReleaseFacts, writer: Writer): Block[] {
  const marked = (value: boolean | null): Words =>
    value === null ? unknown : writer.label(`document.release.${value ? "yes" : "no"}`);
  return [
    heading(writer, "residual"),
    table(
      writer,
      [
        ["not-worked", 3],
        ["square-metres", 1.6, "right"],
        ["reason", 4],
        ["marked", 1.6],
      ],
      rest.notWorked.map(({ name, squareMetres, reason, marked: sign }) => [
        name,
        writer.number(squareMetres),
        writer.said(reason),
        marked(sign),
      ]),
    ),
    {
      kind: "facts",
      items: [
        fact(writer.label("document.release.restrictions"), writer.list(rest.restrictions), true),
        ...(rest.statement
          ? [fact(writer.label("document.release.residual.statement"), writer.said(rest.statement), true)]
          : []),
        fact(writer.label("document.release.residual.contact"), writer.said(rest.contact), true),
      ],
    },
  ];
}

/** The inspection after which the land counts as released. */
export function control(visit: QualityVisit | null, writer: Writer): Block[] {
  const l = (key: string) => writer.label(`document.release.${key}`);
  if (!visit) return [heading(writer, "control"), { kind: "notice", words: l("control.missing") }];
  return [
    heading(writer, "control"),
    {
      kind: "facts",
      items: [
        fact(l("result"), writer.said(visit.result)),
        fact(l("date"), writer.date(visit.on)),
        fact(l("inspecting"), writer.said(visit.organisation)),
        fact(l("sampled"), writer.area(visit.sampledSquareMetres)),
        fact(l("items-found"), writer.number(visit.itemsFound)),
      ],
    },
  ];
}

/** Rows of people by the four groups, with their sum. */
export function peopleTable(rows: readonly (readonly [key: string, people: People])[], writer: Writer): Block {
  return table(
    writer,
    [
      ["people", 3],
      ["women", 1.2, "right"],
      ["men", 1.2, "right"],
      ["girls", 1.2, "right"],
      ["boys", 1.2, "right"],
      ["total", 1.2, "right"],
    ],
    rows.map(([key, { women, men, girls, boys }]) => [
      writer.label(`document.release.${key}`),
      ...[women, men, girls, boys, women + men + girls + boys].map((count) => writer.number(count)),
    ]),
  );
}

/** What the land is for, and for whom. */
export function use({ landUse, beneficiaries }: ReleaseFacts, writer: Writer): Block[] {
  const l = (key: string) => writer.label(`document.release.${key}`);
  return [
    heading(writer, "use"),
    {
      kind: "facts",
      items: [
        fact(l("use.intended"), writer.said(landUse.intended)),
        ...(landUse.actual === null
          ? []
          : [
              fact(l("use.actual"), writer.said(landUse.actual)),
              fact(l("use.actual-on"), writer.date(landUse.actualOn)),
            ]),
      ],
    },
    ...(beneficiaries
      ? [
          peopleTable(
            [
              ["beneficiaries.direct", beneficiaries.direct],
              ["beneficiaries.indirect", beneficiaries.indirect],
            ],
            writer,
          ),
        ]
      : []),
  ];
}

/** What was found after the release; left out while there is nothing. */
export function missedItems({ missedItems: items }: ReleaseFacts, writer: Writer): Block[] {
  if (items.length === 0) return [];
  return [
    heading(writer, "missed"),
    table(
      writer,
      [
        ["date", 1.6],
        ["description", 5],
        ["follow-up", 2.4],
      ],
      items.map(({ on, description, followUp }) => [on, description, followUp ?? unknown]),
    ),
  ];
}

/** Notes of the report, and the places to sign. */
export function closing(facts: ReleaseFacts, writer: Writer): Block[] {
  const l = (key: string) => writer.label(`document.release.${key}`);
  return [
    ...(facts.notes ? [heading(writer, "notes"), { kind: "paragraph", words: facts.notes } as const] : []),
    heading(writer, "signatures"),
    {
      kind: "signatures",
      words: {
        name: l("sign.name"),
        position: l("sign.position"),
        organisation: l("sign.organisation"),
        date: l("sign.date"),
        signature: l("sign.signature"),
      },
      signatories: facts.signatories.map(({ role, name, position, organisation, on }) => ({
        role: l(`sign.role.${role}`),
        name,
        position,
        organisation: organisation === null ? null : writer.said(organisation),
        date: on,
      })),
    },
  ];
}

/** The frame around the blocks: who issues it, its number, as of when, and what it is not. */
export function framed(title: string, { head }: ReleaseFacts, writer: Writer, blocks: readonly Block[]): DocumentModel {
  const date = writer.date(head.asOf);
  const ownDate = typeof date === "string" ? date : date.own;
  const englishDate = typeof date === "string" ? date : (date.english ?? date.own);
  const own = writer.label("document.as-of", { date: ownDate });
  const english = writer.label("document.as-of", { date: englishDate });
  return {
    title: writer.label(title),
    issuer: writer.said(head.issuer),
    number: head.number,
    asOf: { own: own.own, english: english.english },
    page: writer.label("document.page", { page: "{page}", pages: "{pages}" }),
    unshown: writer.label("document.unshown"),
    banner: head.state === "approved" ? null : writer.label(`document.release.state.${head.state}`),
    blocks,
  };
}
