import type { SurveyedPolygon } from "@santi/land-geometry";
import { useQuery } from "@tanstack/react-query";
import type { ComponentProps } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { RadioGroup } from "../../../platform/ui/RadioGroup.tsx";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { areaClasses, codeLists as landCodes } from "../../land/model.ts";
import { emptySurvey, PolygonEditor } from "../../land/ui/index.ts";
import type { Part } from "../contract-body.ts";
import { codeLists, methods, type Outcome, type ReportType, typeRules } from "../model.ts";
import { reports } from "./client.ts";
import { CodeChecks, CodeSelect } from "./fields.tsx";
import { anchorOf } from "./findings.ts";
import { partNeeds } from "./form-sections.ts";
import { pickers } from "./pickers.ts";
import { partText } from "./ReportFacts.tsx";
import styles from "./reports.module.css";
import { useGroundAround } from "./use-ground-around.ts";

type MadeOutline = Parameters<NonNullable<ComponentProps<typeof PolygonEditor>["onSplit"]>>[0];

/** What a part keeps of an outline: the survey as typed and the ground that it comes to. */
export function outlineOf(survey: SurveyedPolygon, geometry: unknown): Pick<Part, "survey" | "geometry"> {
  return { survey: survey as unknown as Record<string, unknown>, geometry: geometry as Part["geometry"] };
}

/** One piece of ground: what the report says of it, which ground it is, and what its outcome asks for. */
export function PartFields(props: {
  part: Part;
  /** Its number in the report, from 1. */
  number: number;
  /** The other pieces of the report: neighbours of this one. */
  others: readonly Part[];
  type: ReportType;
  country: string;
  /** The area and the task that the report is about. */
  area: string | null;
  task: string | null;
  problem: (field: string) => string | null;
  open: boolean;
  onToggle: (open: boolean) => void;
  onChange: (part: Part) => void;
  /** Told when its outline was cut: the piece that stays and the outlines of the others. */
  onSplit: (part: Part, others: readonly MadeOutline[]) => void;
  onRemove: () => void;
}) {
  const text = useText();
  const { t } = text;
  const { part, country, type, problem, open } = props;
  const needs = partNeeds[part.outcome];
  const rules = useQuery({
    queryKey: ["land-rules", country],
    queryFn: ({ signal }) => reports.rules({ params: { country } }, { signal }),
  });
  const ground = useGroundAround({
    country,
    area: part.area ?? props.area,
    task: props.task,
    part,
    others: props.others,
  });
  const landClasses = rules.data?.rules.landClasses ?? [];
  const usualDepth = rules.data?.rules.usualDepthCentimetres ?? null;
  const change = (values: Partial<Part>) => props.onChange({ ...part, ...values });
  const has = (field: (typeof needs.fields)[number]) => needs.fields.includes(field);
  const polygon = part.geometry !== null || part.survey !== null || needs.polygon === "required";
  return (
    <div className={styles.part} data-field={`part.${part.id}`}>
      <div className={styles.partHead}>
        <strong>{t("land-reports.part.nth", { number: props.number, words: partText(text, part) })}</strong>
        <span className={surfaces.row}>
          <Button small tone="quiet" aria-expanded={open} onClick={() => props.onToggle(!open)}>
            {t(open ? "land-reports.part.close" : "land-reports.part.open")}
          </Button>
          <Button small tone="quiet" onClick={props.onRemove}>
            {t("land-reports.remove")}
          </Button>
        </span>
      </div>
      {open && (
        <>
          <div className={styles.pair}>
            <div data-field={anchorOf("outcome", part.id)}>
              <Select
                label={t("land-reports.field.outcome")}
                required
                problem={problem("outcome")}
                value={part.outcome}
                onChange={(outcome) => change({ outcome: outcome as Outcome })}
                options={typeRules[type].outcomes.map((value) => ({ value, label: text.code("outcome", value) }))}
              />
            </div>
            {has("area") && (props.area === null || part.area !== null || part.outcome === "identified") && (
              <div data-field={anchorOf("area", part.id)}>
                <RecordPicker
                  label={t(part.outcome === "identified" ? "land-reports.field.known-area" : "field.area")}
                  field={pickers.area}
                  country={country}
                  problem={problem("area")}
                  value={part.area ?? ""}
                  onChange={(area) => change({ area: area || null })}
                />
              </div>
            )}
            {has("areaClass") && (
              <div data-field={anchorOf("areaClass", part.id)}>
                <CodeSelect
                  label={t("land-reports.field.areaClass")}
                  list="area-class"
                  codes={areaClasses}
                  required
                  problem={problem("areaClass")}
                  value={part.areaClass}
                  onChange={(areaClass) => change({ areaClass })}
                />
              </div>
            )}
            {(["name", "code"] as const).map(
              (name) =>
                has(name) && (
                  <TextField
                    key={name}
                    label={t(`land-reports.field.area-${name}`)}
                    value={part[name] ?? ""}
                    maxLength={name === "code" ? 80 : 500}
                    onChange={(value) => change({ [name]: value === "" ? null : value })}
                  />
                ),
            )}
          </div>
          {has("contamination") && (
            <CodeChecks
              legend={t("land-reports.field.contamination")}
              list="contamination-type"
              codes={landCodes["contamination-type"]}
              values={part.contamination}
              onChange={(contamination) => change({ contamination })}
            />
          )}
          <div className={styles.pair}>
            {has("landClass") && landClasses.length > 0 && (
              <Select
                label={t("land-reports.field.landClass")}
                empty={t("land-reports.choose")}
                value={part.landClass ?? ""}
                onChange={(landClass) => change({ landClass: landClass || null })}
                options={landClasses.map(({ code, label }) => ({ value: code, label: `${code} ${label}` }))}
              />
            )}
            {has("depthCentimetres") && (
              <div data-field={anchorOf("depthCentimetres", part.id)}>
                <NumberField
                  integer
                  min={0}
                  max={2000}
                  label={t("land-reports.field.depthCentimetres")}
                  required
                  {...(usualDepth === null
                    ? {}
                    : { hint: t("land-reports.usual-depth", { depth: text.format.number(usualDepth) }) })}
                  problem={problem("depthCentimetres")}
                  value={part.depthCentimetres}
                  onChange={(depthCentimetres) => change({ depthCentimetres })}
                />
              </div>
            )}
            {has("method") && (
              <CodeSelect
                label={t("land-reports.field.method")}
                list="release-method"
                codes={methods}
                value={part.method}
                onChange={(method) => change({ method })}
              />
            )}
          </div>
          {has("withAsset") && (
            <RadioGroup
              legend={t("land-reports.field.withAsset")}
              value={part.withAsset === null ? "" : String(part.withAsset)}
              onChange={(value) => change({ withAsset: value === "true" })}
              options={[
                { value: "true", label: t("land-reports.with-asset") },
                { value: "false", label: t("land-reports.without-asset") },
              ]}
            />
          )}
          {has("administrativeReason") && (
            <CodeSelect
              label={t("land-reports.field.administrativeReason")}
              list="administrative-reason"
              codes={codeLists["administrative-reason"]}
              value={part.administrativeReason}
              onChange={(administrativeReason) => change({ administrativeReason })}
            />
          )}
          <div data-field={anchorOf("geometry", part.id)}>
            {needs.polygon !== "required" && (
              <RadioGroup
                legend={t("land-reports.field.geometry")}
                problem={problem("geometry")}
                value={polygon ? "polygon" : "whole"}
                onChange={(value) =>
                  // A survey that is begun says that a polygon is meant, long before it encloses anything.
                  change(value === "whole" ? { geometry: null, survey: null } : outlineOf(emptySurvey(), null))
                }
                options={[
                  { value: "polygon", label: t("land-reports.polygon") },
                  {
                    value: "whole",
                    label: t(needs.polygon === "optional" ? "land-reports.no-polygon" : "land-reports.whole"),
                  },
                ]}
              />
            )}
            {polygon && (
              <div>
                {problem("geometry") && <p className={styles.problem}>{problem("geometry")}</p>}
                <PolygonEditor
                  value={part.survey as unknown as SurveyedPolygon | null}
                  onChange={(survey, computed) => change(outlineOf(survey, computed.geometry))}
                  onSplit={(kept, computed, others) =>
                    props.onSplit({ ...part, ...outlineOf(kept.survey, computed.geometry) }, others)
                  }
                  {...(ground.task ? { task: ground.task } : {})}
                  neighbours={ground.neighbours}
                  country={country}
                />
                {ground.truncated && <p className={surfaces.muted}>{t("land-reports.surroundings.truncated")}</p>}
              </div>
            )}
          </div>
        </>
      )}
    </div>
  );
}
