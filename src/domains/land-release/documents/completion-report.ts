import type { Block, DocumentModel } from "../../../platform/documents/index.ts";
import type { CompletionReportData } from "./data.ts";
import {
  account,
  closing,
  control,
  fact,
  framed,
  heading,
  identity,
  missedItems,
  releasedGround,
  residual,
  survey,
  table,
  use,
} from "./sections.ts";
import { fieldSurveys } from "./survey-sections.ts";
import { unknown, type Writer } from "./words.ts";

function work(data: CompletionReportData, writer: Writer): Block[] {
  const l = (key: string) => writer.label(`document.release.${key}`);
  return [
    {
      kind: "facts",
      items: [fact(l("methods"), writer.list(data.methods)), fact(l("assets"), writer.list(data.assets))],
    },
    table(
      writer,
      [
        ["processed", 5],
        ["square-metres", 2, "right"],
        ["hectares", 2, "right"],
      ],
      data.processed.map(({ method, squareMetres }) => [
        writer.said(method),
        writer.number(squareMetres),
        writer.hectares(squareMetres),
      ]),
    ),
  ];
}

function devices(data: CompletionReportData, writer: Writer): Block {
  const degrees = (value: number) => value.toFixed(6);
  const total = data.devices.reduce((sum, { quantity }) => sum + quantity, 0);
  return table(
    writer,
    [
      ["device", 2.6],
      ["model", 1.7],
      ["quantity", 1.1, "right"],
      ["position", 2.2],
      ["depth", 1.2, "right"],
      ["condition", 1.6],
      ["disposal", 2.1],
    ],
    data.devices.map(({ category, model, quantity, position, depthCentimetres, condition, disposal }) => [
      writer.said(category),
      model ?? unknown,
      writer.number(quantity),
      position ? `${degrees(position.latitude)}\n${degrees(position.longitude)}` : unknown,
      writer.depth(depthCentimetres),
      writer.said(condition),
      writer.said(disposal),
    ]),
    data.devices.length > 1
      ? { total: [writer.label("document.release.total"), "", writer.number(total), "", "", "", ""] }
      : {},
  );
}

function quality(data: CompletionReportData, writer: Writer): Block[] {
  return [
    heading(writer, "visits"),
    table(
      writer,
      [
        ["date", 1.6],
        ["visit-kind", 2.4],
        ["inspecting", 2.6],
        ["sampled-short", 1.6, "right"],
        ["items-found", 1.3, "right"],
        ["result", 2.4],
      ],
      data.visits.map(({ on, kind, organisation, sampledSquareMetres, itemsFound, result }) => [
        on,
        writer.said(kind),
        writer.said(organisation),
        writer.number(sampledSquareMetres),
        writer.number(itemsFound),
        writer.said(result),
      ]),
    ),
    heading(writer, "non-conformities"),
    table(
      writer,
      [
        ["severity", 1.6],
        ["description", 3.6],
        ["corrective-action", 3.4],
        ["deadline", 1.7],
        ["closed", 1.7],
      ],
      data.nonConformities.map(({ severity, description, correctiveAction, deadline, closedOn }) => [
        writer.said(severity),
        description,
        correctiveAction ?? unknown,
        deadline ?? unknown,
        closedOn ?? writer.label("document.release.still-open"),
      ]),
    ),
    { kind: "facts", items: [fact(writer.label("document.release.internal-log"), data.internalLog ?? unknown, true)] },
  ];
}

function accidents(data: CompletionReportData, writer: Writer): Block[] {
  return [
    heading(writer, "accidents"),
    table(
      writer,
      [
        ["accident", 2],
        ["date", 1.6],
        ["killed", 1.1, "right"],
        ["injured", 1.1, "right"],
        ["description", 4.5],
      ],
      data.accidents.map(({ code, on, killed, injured, description }) => [
        code,
        on,
        writer.number(killed),
        writer.number(injured),
        description ?? unknown,
      ]),
    ),
  ];
}

/** The completion report of a task as a document, with the fields of IMAS 08.30 and the minimum data of IMAS 05.10. */
export function completionReport(data: CompletionReportData, writer: Writer): DocumentModel {
  return framed("document.release.completion", data, writer, [
    identity(data, writer),
    heading(writer, "account-of-area"),
    account(data, writer),
    heading(writer, "released-ground"),
    releasedGround(data, writer),
    heading(writer, "work"),
    ...work(data, writer),
    ...survey(data, data.devices, writer),
    ...fieldSurveys(data, writer),
    heading(writer, "devices"),
    devices(data, writer),
    ...quality(data, writer),
    ...control(data.control, writer),
    ...accidents(data, writer),
    ...residual(data, writer),
    ...use(data, writer),
    ...missedItems(data, writer),
    ...closing(data, writer),
  ]);
}
