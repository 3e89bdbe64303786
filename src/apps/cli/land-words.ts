import type { MultiPolygon, Polygon } from "geojson";
import type { AreaStateOutput, DifferenceOutput, ReportOutput, routes } from "../../domains/land-release/contract.ts";
import type { LedgerVerification } from "../../domains/land-release/index.ts";
import { figuresOn, stateOn } from "../../domains/land-release/model-replay.ts";
import type { routes as ledgerRoutes, TableOutput } from "../../domains/ledger/contract.ts";
import { type Dimension, type Movement, movementGap } from "../../domains/ledger/model.ts";
import type { taskRoutes } from "../../domains/tasking/contract.ts";
import type { RouteOutput } from "../../platform/contract/route.ts";
import { defineProblems, Problem } from "../../platform/kernel/problem.ts";
import type { Output } from "./output.ts";

type Release = typeof routes;

/** Which reports a list shows. */
export interface ReportQuestion {
  state?: string[];
  type?: string[];
  search?: string;
  limit: number;
}

/** Which table of the ledger is asked for. */
export interface LedgerQuestion {
  asAt?: string;
  from?: string;
  knownOn?: string;
  by: Dimension | "year" | "none";
}

/** An area's statement: what it is, what was released, and every line of its account. */
export type Statement = RouteOutput<(typeof ledgerRoutes)["statement"]> & {
  code: string;
  state: AreaStateOutput | null;
  products: RouteOutput<Release["area"]>["products"];
};

/** The past of a country, with the day that is asked for. */
export interface Past {
  on: string;
  history: RouteOutput<Release["history"]>;
}

/** What the commands of land release ask a node. */
export interface LandDesk {
  reports(question: ReportQuestion): Promise<RouteOutput<Release["list"]>>;
  report(wanted: string): Promise<ReportOutput>;
  preview(wanted: string): Promise<DifferenceOutput>;
  decide(step: "submit" | "verify" | "approve" | "return", wanted: string, comment?: string): Promise<ReportOutput>;
  ledger(question: LedgerQuestion): Promise<TableOutput>;
  statement(area: string, knownOn?: string): Promise<Statement>;
  plot(geometry: Polygon | MultiPolygon): Promise<RouteOutput<Release["plot"]>>;
  history(on?: string): Promise<Past>;
  tasks(question: { status?: string[]; limit: number }): Promise<RouteOutput<(typeof taskRoutes)["list"]>>;
}

const plotProblems = defineProblems("cli", { "no-plot": 422 });

/**
 * The polygon of a GeoJSON file: a geometry, a feature, or a collection of one.
 * @throws Problem `cli.no-plot` when the text is no GeoJSON or holds no polygon, or several
 */
export function plotOf(text: string, file: string): Polygon | MultiPolygon {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Problem(plotProblems["no-plot"], { file });
  }
  const inside = (value: unknown): unknown => {
    const { type, features, geometry } = (value ?? {}) as { type?: string; features?: unknown[]; geometry?: unknown };
    if (type === "FeatureCollection" && features?.length === 1) return inside(features[0]);
    return type === "Feature" ? geometry : value;
  };
  const geometry = inside(found) as Polygon | MultiPolygon | null;
  if (geometry?.type !== "Polygon" && geometry?.type !== "MultiPolygon")
    throw new Problem(plotProblems["no-plot"], { file });
  return geometry;
}

/** Rows in columns: the first to the left, figures to the right. */
function inColumns({ line }: Output, rows: readonly (readonly string[])[], left = 1): void {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, [...cell].length);
  for (const row of rows)
    line(
      row
        .map((cell, i) => (i < left ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  ")
        .trimEnd(),
    );
}

const metres = ({ t }: Output, value: number) => t("cli.land.number", { value });

/** Says a list of reports. */
export function reports(output: Output, { items, total }: RouteOutput<Release["list"]>): void {
  const { t, line } = output;
  if (items.length === 0) line(t("cli.land.no-reports"));
  inColumns(
    output,
    items.map(({ code, effectiveOn, state, type }) => [
      ...[code, effectiveOn ?? "–", t(`code.report-state.${state}`), t(`code.report-type.${type}`)],
    ]),
    4,
  );
  if (total > items.length) line(t("cli.land.more", { count: total - items.length }));
}

/** Says one report: what it is, its parts, who did what with it. */
export function report({ t, line }: Output, { report: said, thread, references }: ReportOutput): void {
  line(`${said.code}  ${t(`code.report-type.${said.type}`)}  ${t(`code.report-state.${said.state}`)}`);
  if (said.effectiveOn) line(t("cli.land.report-on", { date: said.effectiveOn }));
  const area = said.area ? references[said.area]?.code : undefined;
  if (area) line(t("cli.land.report-area", { code: area }));
  for (const { outcome, depthCentimetres } of said.body.parts) {
    const depth = depthCentimetres === null ? "" : `  ${t("cli.land.depth", { depth: depthCentimetres })}`;
    line(`  ${t(`code.outcome.${outcome}`)}${depth}`);
  }
  for (const { action, at, author, comment } of thread)
    line(
      `  ${at.slice(0, 16).replace("T", " ")}  ${t(`land-reports.step.${action}`)}  ${[author, comment].filter(Boolean).join(": ")}`.trimEnd(),
    );
}

/** Says what approving a report would change. */
export function difference(output: Output, told: DifferenceOutput): void {
  const { t, line } = output;
  const of = (area: AreaStateOutput | null) =>
    area
      ? [
          t(`code.area-class.${area.areaClass}`),
          t(`code.area-status.${area.status}`),
          t("cli.land.metres", { value: area.openSquareMetres }),
        ].join(", ")
      : "–";
  for (const { before, after } of told.areas)
    line(`${after?.code || before?.code || t("cli.land.new-area")}: ${of(before)} → ${of(after)}`);
  inColumns(
    output,
    told.postings.map(({ effectiveOn, areaCode, account, squareMetres }) => [
      ...[
        effectiveOn,
        areaCode || t("cli.land.new-area"),
        t(`ledger.account.${account}`),
        metres(output, squareMetres),
      ],
    ]),
    3,
  );
  for (const { check, severity, params } of told.findings)
    line(`${t(`cli.land.finding.${severity}`)}  ${t(`check.${check}`, params as never)}`);
  if (told.findings.length === 0) line(t("cli.land.no-findings"));
}

const columns = [
  "opening",
  "identified",
  "boundaryIncrease",
  "boundaryDecrease",
  "administrative",
  "cancelled",
  "reducedWithoutAsset",
  "reducedWithAsset",
  "cleared",
  "closing",
] as const satisfies readonly (keyof Movement)[];

/** Says a table of the ledger, and whether it closes. */
export function table(output: Output, { rows, total, references }: TableOutput): void {
  const { t, line } = output;
  const label = (key: string | null) => (key === null ? t("cli.land.not-known") : (references[key]?.code ?? key));
  const cells = (movement: Movement) => columns.map((column) => metres(output, movement[column]));
  inColumns(output, [
    [t("cli.land.square-metres"), ...columns.map((column) => t(`ledger.movement.${column}`))],
    ...rows.map(({ key, movement }) => [label(key), ...cells(movement)]),
    [t("cli.land.sum"), ...cells(total)],
  ]);
  const gap = movementGap(total);
  line(gap === 0 ? t("cli.land.closes") : t("cli.land.open", { gap }));
}

/** Says the statement of an area, as a bank says one. */
export function statement(output: Output, { code, state, lines }: Statement): void {
  const { t, line } = output;
  const is = state
    ? [
        t(`code.area-class.${state.areaClass}`),
        t(`code.area-status.${state.status}`),
        t("cli.land.metres", { value: state.openSquareMetres }),
      ]
    : [t("cli.land.not-in-ledger")];
  line(`${code}  ${is.join("  ")}`);
  inColumns(
    output,
    [
      [
        t("cli.land.date"),
        t("cli.land.by-report"),
        t("cli.land.what"),
        t("cli.land.square-metres"),
        t("cli.land.balance"),
      ],
      ...lines.flatMap(({ effectiveOn, reportCode, amounts, suspected, confirmed }) =>
        Object.entries(amounts).map(([account, amount]) => [
          ...[effectiveOn, reportCode ?? "–", t(`ledger.account.${account}`)],
          ...[metres(output, amount), metres(output, suspected + confirmed)],
        ]),
      ),
    ],
    3,
  );
}

/** Says what is known about a plot; that nothing is known is never said to be safety. */
export function plot(output: Output, { squareMetres, areas, released, complete }: RouteOutput<Release["plot"]>): void {
  const { t, line } = output;
  line(t("cli.land.plot", { value: squareMetres }));
  for (const area of areas)
    line(
      `  ${[area.code || "–", t(`code.area-class.${area.areaClass}`), t(`code.area-status.${area.status}`), t("cli.land.metres", { value: area.squareMetres }), area.effectiveOn ?? ""].join("  ").trimEnd()}`,
    );
  for (const each of released) {
    const depth = each.depthCentimetres === null ? "" : t("cli.land.depth", { depth: each.depthCentimetres });
    line(
      `  ${[t(`ledger.account.${each.kind}`), t("cli.land.metres", { value: each.squareMetres }), depth, each.effectiveOn, each.reportCode ?? ""].filter(Boolean).join("  ")}`,
    );
  }
  if (areas.length === 0 && released.length === 0) line(`  ${t("cli.land.plot-nothing")}`);
  line(t(complete ? "cli.land.plot-caution" : "cli.land.plot-incomplete"));
}

/** Says what a verification found. */
export function verification({ t, line }: Output, found: Readonly<Record<string, LedgerVerification>>): void {
  if (Object.keys(found).length === 0) line(t("cli.land.verified-nothing"));
  for (const [country, { areas, reports: count, differences }] of Object.entries(found)) {
    line(t("cli.land.verified", { country, areas, reports: count, differences: differences.length }));
    for (const { kind, areaCode, reportCode, what, stored, computed } of differences) {
      const words = { area: areaCode, report: reportCode, what, stored: stored ?? "–", computed: computed ?? "–" };
      line(`  ${t(`cli.land.difference.${kind}`, words)}`);
    }
  }
}

/** Says what a country was on a day: areas by class and status, and the figures. */
export function history(output: Output, { on, history: past }: Past): void {
  const { t, line } = output;
  const counts = new Map<string, { count: number; squareMetres: number }>();
  for (const { states } of past.areas) {
    const state = stateOn(states, on);
    if (!state) continue;
    const key = `${t(`code.area-class.${state.areaClass}`)}, ${t(`code.area-status.${state.status}`)}`;
    const known = counts.get(key) ?? { count: 0, squareMetres: 0 };
    counts.set(key, { count: known.count + 1, squareMetres: known.squareMetres + state.squareMetres });
  }
  line(t("cli.land.history-day", { date: on }));
  inColumns(
    output,
    [...counts].map(([key, { count, squareMetres }]) => [
      key,
      metres(output, count),
      t("cli.land.metres", { value: squareMetres }),
    ]),
  );
  const figures = figuresOn(past.figures, on);
  if (!figures) {
    line(t("cli.land.history-nothing"));
    return;
  }
  const { on: _day, ...amounts } = figures;
  inColumns(
    output,
    Object.entries(amounts).map(([name, value]) => [t(`cli.land.figure.${name}`), t("cli.land.metres", { value })]),
  );
}

/** Says a list of tasks. */
export function tasks(output: Output, { items, total }: RouteOutput<(typeof taskRoutes)["list"]>): void {
  const { t, line } = output;
  if (items.length === 0) line(t("cli.land.no-tasks"));
  inColumns(
    output,
    items.map(({ code, status, kind, deadline, title }) => [
      ...[String(code), t(`code.task-status.${status}`), t(`code.task-kind.${kind}`)],
      ...[typeof deadline === "string" ? deadline : "–", typeof title === "string" ? title : ""],
    ]),
    5,
  );
  if (total > items.length) line(t("cli.land.more", { count: total - items.length }));
}
