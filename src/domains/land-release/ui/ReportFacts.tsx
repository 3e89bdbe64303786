import { geodesicArea, type SurveyedPolygon } from "@santi/land-geometry";
import { type Text, useText } from "../../../platform/i18n/I18nProvider.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { SurveySummary } from "../../land/ui/index.ts";
import type { ReportOutput } from "../contract.ts";
import type { Part } from "../contract-body.ts";
import { codeLists } from "../model.ts";
import { nameOf, squareMetresText } from "./client.ts";
import {
  beneficiariesText,
  calloutText,
  deviceText,
  handoverText,
  inspectionText,
  monitoringText,
  residualText,
} from "./fact-texts.ts";
import styles from "./reports.module.css";

/** Evidence of either list by its code; the few that both lists have read the same. */
export function evidenceText(text: Text, code: string): string {
  const direct = (codeLists["direct-evidence"] as readonly string[]).includes(code);
  return text.code(direct ? "direct-evidence" : "indirect-evidence", code);
}

/** What one piece of ground is said to be, in a line. */
export function partText(text: Text, part: Part): string {
  const { t } = text;
  const facts = [
    part.geometry
      ? squareMetresText(text, Math.round(geodesicArea(part.geometry as Parameters<typeof geodesicArea>[0])))
      : t(part.survey ? "land-reports.polygon-unfinished" : "land-reports.whole"),
    part.areaClass && text.code("area-class", part.areaClass),
    part.name ?? part.code,
    part.depthCentimetres !== null && t("unit.cm", { value: text.format.number(part.depthCentimetres) }),
    part.method && text.code("release-method", part.method),
    part.withAsset !== null && t(part.withAsset ? "land-reports.with-asset" : "land-reports.without-asset"),
    part.administrativeReason && text.code("administrative-reason", part.administrativeReason),
    part.contamination.length > 0 &&
      text.format.list(part.contamination.map((each) => text.code("contamination-type", each))),
  ].filter(Boolean);
  return `${text.code("outcome", part.outcome)}: ${facts.join(", ")}`;
}

/** What a report says besides its pieces of ground, by the name of the field; what was not said is left out. */
export function factsOf(
  text: Text,
  { report, references }: Pick<ReportOutput, "report" | "references">,
): [string, string][] {
  const { t, format } = text;
  const { body } = report;
  const codes = (list: string, values: readonly string[]) => format.list(values.map((each) => text.code(list, each)));
  const day = (date: string | null) => date && format.date(date);
  const rows: [string, string | number | null | undefined | false][] = [
    ["effectiveOn", day(report.effectiveOn)],
    ["startedOn", day(report.startedOn)],
    ["endedOn", day(report.endedOn)],
    ["organisation", nameOf(text, references, report.organisation)],
    ["team", body.team],
    ["project", body.project],
    ["task", nameOf(text, references, report.task)],
    ["unit", nameOf(text, references, report.unit)],
    ["callout", calloutText(text, body)],
    ["methods", codes("release-method", body.methods)],
    ["assets", format.list(body.assets)],
    ["deminers", body.deminers === null ? null : format.number(body.deminers)],
    ["hours", body.hours === null ? null : format.number(body.hours)],
    ["place", body.place?.slice(0, 2).toReversed().join(", ")],
    ["suspends", body.suspends && t("ui.yes")],
    ["voids", body.voids && t("ui.yes")],
    ["evidence", format.list(body.evidence.map((each) => evidenceText(text, each)))],
    [
      "processed",
      format.list(
        body.processed.map(
          ({ method, squareMetres }) =>
            `${text.code("release-method", method)}: ${squareMetresText(text, squareMetres)}`,
        ),
      ),
    ],
    ["devices", format.list(body.devices.map((device) => deviceText(text, device)))],
    ["beneficiaries", beneficiariesText(text, body)],
    ["qualityLog", body.qualityLog],
    ["reason", body.reason],
    ["notes", body.notes],
    ["inspection", inspectionText(text, body, references)],
    [
      "nonConformities",
      body.inspection?.nonConformities
        .map(({ severity, description }) => `${text.code("non-conformity-severity", severity)}: ${description}`)
        .join("; "),
    ],
    ["handover", handoverText(text, body)],
    ["residual", residualText(text, body)],
    ["monitoring", monitoringText(text, body)],
  ];
  return rows.flatMap(([name, value]): [string, string][] =>
    value === null || value === undefined || value === false || value === "" ? [] : [[name, String(value)]],
  );
}

/** Whether what a part keeps is a survey of the editor: the interface takes any object there. */
const isSurvey = (survey: unknown): survey is SurveyedPolygon => {
  const { points, reading, method } = (survey ?? {}) as Partial<SurveyedPolygon>;
  return (
    typeof method === "string" &&
    typeof reading === "object" &&
    Array.isArray(points) &&
    points.every((point: unknown) => typeof point === "object" && point !== null)
  );
};

/** Pieces of ground and devices that are listed at once. */
const shownRows = 50;

/** The words of a report in readable groups. */
export function ReportFacts({ answer }: { answer: ReportOutput }) {
  const text = useText();
  const { t } = text;
  const { body } = answer.report;
  // Devices have a list of their own below: a line for each.
  const facts = factsOf(text, answer).filter(([name]) => name !== "devices");
  return (
    <div className={surfaces.stack}>
      <dl className={surfaces.fields}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`land-reports.field.${name}`)}</dt>
            <dd className={styles.words}>{value}</dd>
          </div>
        ))}
      </dl>
      {body.parts.length > 0 && (
        <>
          <h3>{t("land-reports.field.parts")}</h3>
          <ul className={styles.findings}>
            {body.parts.slice(0, shownRows).map((part) => (
              <li key={part.id}>
                {partText(text, part)}
                {isSurvey(part.survey) && <SurveySummary survey={part.survey} />}
              </li>
            ))}
          </ul>
          {body.parts.length > shownRows && (
            <p>{t("land-reports.more-parts", { count: body.parts.length - shownRows })}</p>
          )}
        </>
      )}
      {body.devices.length > 0 && (
        <>
          <h3>{t("land-reports.field.devices")}</h3>
          <ul className={styles.findings}>
            {body.devices.slice(0, shownRows).map((device, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a device has no identity but its place in the list.
              <li key={at}>{deviceText(text, device)}</li>
            ))}
          </ul>
          {body.devices.length > shownRows && (
            <p>{t("land-reports.more-devices", { count: body.devices.length - shownRows })}</p>
          )}
        </>
      )}
    </div>
  );
}
