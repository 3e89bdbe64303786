import type { Text } from "../../../platform/i18n/I18nProvider.tsx";
import type { Device, ReportBody } from "../contract-body.ts";
import { nameOf, type References, squareMetresText } from "./client.ts";
import type { PeopleCounts } from "./report-form.ts";

/** Facts of one block in a line; what was not said is left out. */
const joined = (facts: readonly (string | false | null | undefined)[]) => facts.filter(Boolean).join("; ");

/** People by sex and age in a line: those of whom there are any. */
export function peopleText(text: Text, counts: PeopleCounts): string {
  const groups = ["women", "men", "girls", "boys", "withDisabilities"] as const;
  const said = groups.filter((group) => counts[group] > 0);
  return text.format.list(said.map((group) => `${text.t(`land-reports.people.${group}`)}: ${counts[group]}`));
}

/** Who profits from the land, directly and in other ways. */
export function beneficiariesText(text: Text, { beneficiaries }: ReportBody): string | null {
  if (!beneficiaries) return null;
  return joined(
    (["direct", "indirect"] as const).map((kind) => {
      const people = peopleText(text, beneficiaries[kind]);
      return people && `${text.t(`land-reports.beneficiaries.${kind}`)} (${people})`;
    }),
  );
}

/** To whom land was handed over, for what, and who was there. */
export function handoverText(text: Text, { handover }: ReportBody): string | null {
  if (!handover) return null;
  const attended = peopleText(text, handover.attended);
  return joined([
    handover.receivedBy,
    handover.intendedUse && `${text.t("land-reports.handover.use")}: ${text.code("land-use", handover.intendedUse)}`,
    attended && `${text.t("land-reports.handover.attended")}: ${attended}`,
    handover.liabilityText && `${text.t("land-reports.handover.liability")}: ${handover.liabilityText}`,
  ]);
}

/** What an inspection looked at and what came of it. */
export function inspectionText(text: Text, { inspection }: ReportBody, references: References): string | null {
  if (!inspection) return null;
  const { t } = text;
  return joined([
    `${text.code("inspection-kind", inspection.kind)}: ${text.code("inspection-result", inspection.result)}`,
    inspection.sampledSquareMetres !== null &&
      `${t("land-reports.inspection.sampled-ground")}: ${squareMetresText(text, inspection.sampledSquareMetres)}`,
    `${t("land-reports.inspection.items")}: ${inspection.itemsFound}`,
    inspection.inspectedReport && nameOf(text, references, inspection.inspectedReport),
  ]);
}

/** What a visit after the release saw. */
export function monitoringText(text: Text, { monitoring }: ReportBody): string | null {
  if (!monitoring) return null;
  const { t } = text;
  const people = peopleText(text, monitoring.users);
  return joined([
    text.code("land-use", monitoring.use),
    `${t("land-reports.monitoring.asPlanned")}: ${t(monitoring.asPlanned ? "ui.yes" : "ui.no")}`,
    monitoring.disputes && t("land-reports.monitoring.disputes"),
    monitoring.itemsFoundSince > 0 && `${t("land-reports.monitoring.items")}: ${monitoring.itemsFoundSince}`,
    people && `${t("land-reports.monitoring.users")}: ${people}`,
  ]);
}

/** What stays behind on the land. */
export function residualText(text: Text, { residual }: ReportBody): string | null {
  if (!residual) return null;
  const { t } = text;
  return joined([
    ...residual.restrictions,
    residual.marked !== null && `${t("land-reports.residual.marked")} ${t(residual.marked ? "ui.yes" : "ui.no")}`,
    residual.statement,
  ]);
}

/** Who asked for a spot task, and when. */
export function calloutText(text: Text, { callout }: ReportBody): string | null {
  if (!callout) return null;
  return joined([
    callout.requestedBy && text.code("callout-source", callout.requestedBy),
    callout.requestedOn && text.format.date(callout.requestedOn),
  ]);
}

/** One kind of device found, with everything that was said about it, in a line. */
export function deviceText(text: Text, device: Device): string {
  const { t, format } = text;
  const { model, quantity, point, depthCentimetres, condition, disposal } = device;
  return joined([
    `${text.code("ordnance-category", device.category)}${model ? ` (${model})` : ""}: ${format.number(quantity)}`,
    depthCentimetres !== null && t("unit.cm", { value: format.number(depthCentimetres) }),
    point?.slice(0, 2).toReversed().join(", "),
    condition && text.code("ordnance-condition", condition),
    disposal && text.code("disposal-method", disposal),
  ]);
}
