import { type ComputedSurvey, geodesicArea, type SurveyedPolygon, type SurveyNeighbour } from "@santi/land-geometry";
import type { Position } from "geojson";
import { useId, useMemo, useState } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../../platform/ui/Button.tsx";
import { NumberField } from "../../../../platform/ui/NumberField.tsx";
import { Select } from "../../../../platform/ui/Select.tsx";
import {
  baseOf,
  fadeOut,
  type MadeOutline,
  mergeOutline,
  nearNeighbours,
  splitOutline,
  subtractNeighbour,
} from "./outline-operations.ts";
import styles from "./polygon-editor.module.css";
import { SplitFields } from "./SplitFields.tsx";

/** What can be done with an outline that is there. */
export const outlineTools = ["split", "merge", "subtract", "fade-out", "snap"] as const;
export type OutlineTool = (typeof outlineTools)[number];

/** Before and after, so that nobody applies an operation blindly. */
function Outcome(props: { before: number; after: MadeOutline | null }) {
  const { t, format } = useText();
  const { before, after } = props;
  if (after === null) return <p className={styles.problem}>{t("land.survey.tool.nothing-left")}</p>;
  const change = after.squareMetres - before;
  const parts = after.geometry.type === "Polygon" ? 1 : after.geometry.coordinates.length;
  return (
    <p>
      {t("land.survey.tool.becomes", {
        after: t("land.survey.square-metres", { value: format.number(after.squareMetres, 0) }),
        change: t("land.survey.square-metres", {
          value: `${change > 0 ? "+" : change < 0 ? "−" : ""}${format.number(Math.abs(change), 0)}`,
        }),
      })}
      {parts > 1 && ` ${t("land.survey.tool.parts", { count: parts })}`}
    </p>
  );
}

/**
 * Changes an outline as a whole: cut it, join it with a neighbour or take the neighbour out, widen it, follow the
 * neighbours' borders. Each says what comes out before it is done; what had been typed stays in the survey.
 */
export function OutlineTools(props: {
  survey: SurveyedPolygon;
  computed: ComputedSurvey;
  neighbours: readonly SurveyNeighbour[];
  tool: OutlineTool | null;
  onTool: (tool: OutlineTool | null) => void;
  /** The line along which to cut, drawn on the map or from corner to corner. */
  line: readonly Position[];
  onLine: (line: readonly Position[]) => void;
  onChange: (survey: SurveyedPolygon) => void;
  /** Takes the pieces that are cut off; without it they are dropped. */
  onPieces?: ((kept: MadeOutline, pieces: readonly MadeOutline[]) => void) | undefined;
}) {
  const { t } = useText();
  const { survey, computed, tool, line } = props;
  const id = useId();
  const [neighbour, setNeighbour] = useState("");
  const [metres, setMetres] = useState<number | null>(1);
  const [snapMetres, setSnapMetres] = useState<number | null>(survey.snapMetres ?? 2);
  const name = t("land.survey.tool.name");
  const base = useMemo(() => baseOf(survey, computed, name), [survey, computed, name]);
  const near = useMemo(() => (base ? nearNeighbours(base.geometry, props.neighbours) : []), [base, props.neighbours]);
  const chosen = near.find((each) => each.id === neighbour);
  const outcome = useMemo((): MadeOutline | null | undefined => {
    if (!base) return undefined;
    if (tool === "merge") return chosen && mergeOutline(base, chosen);
    if (tool === "subtract") return chosen && subtractNeighbour(base, chosen);
    if (tool === "fade-out") return metres === null ? undefined : fadeOut(base, metres);
    return undefined;
  }, [base, tool, chosen, metres]);
  const pieces = useMemo(() => (base && tool === "split" ? splitOutline(base, line) : []), [base, tool, line]);
  if (!base) return <p className={styles.rowNote}>{t("land.survey.tool.needs-outline")}</p>;
  const before = Math.round(geodesicArea(base.geometry));
  const done = (next: SurveyedPolygon) => {
    props.onChange(next);
    props.onTool(null);
    props.onLine([]);
  };
  // With nothing recorded around it an outline has nothing to be joined with, lose ground to or follow.
  const offered = outlineTools.filter((each) => near.length > 0 || each === "split" || each === "fade-out");
  return (
    <div className={styles.stack}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be drawn with a border of its own. */}
      <div role="group" aria-label={t("land.survey.tools")} className={styles.steps}>
        {offered.map((each) => (
          <Button
            key={each}
            small
            aria-pressed={tool === each}
            aria-expanded={tool === each}
            aria-controls={`${id}-panel`}
            onClick={() => {
              props.onLine([]);
              props.onTool(tool === each ? null : each);
            }}
          >
            {t(`land.survey.tool.${each}`)}
          </Button>
        ))}
      </div>
      <div id={`${id}-panel`} className={styles.toolPanel} hidden={tool === null}>
        {tool !== null && <p className={styles.rowNote}>{t(`land.survey.tool.${tool}.help`)}</p>}
        {tool === "split" && (
          <SplitFields
            corners={computed.corners}
            line={line}
            onLine={props.onLine}
            pieces={pieces}
            keepsOthers={props.onPieces !== undefined}
            onKeep={(kept, others) => {
              if (props.onPieces) {
                props.onPieces(kept, others);
                props.onTool(null);
                props.onLine([]);
              } else done(kept.survey);
            }}
          />
        )}
        {(tool === "merge" || tool === "subtract") && (
          <Select
            label={t("land.survey.tool.neighbour")}
            empty={t("land.survey.choose")}
            value={chosen?.id ?? ""}
            onChange={setNeighbour}
            options={near.map((each) => ({
              value: each.id,
              label: t(`land.survey.tool.neighbour.${each.state}`, { label: each.label }),
            }))}
          />
        )}
        {tool === "fade-out" && (
          <NumberField
            label={t("land.survey.tool.metres")}
            hint={t("land.survey.tool.metres.hint")}
            min={-100}
            max={100}
            value={metres}
            onChange={setMetres}
          />
        )}
        {tool === "snap" && (
          <>
            <NumberField
              label={t("land.survey.tool.snap-metres")}
              min={0}
              max={50}
              value={snapMetres}
              onChange={setSnapMetres}
            />
            <div className={styles.steps}>
              <Button
                small
                disabled={snapMetres === null || snapMetres <= 0}
                onClick={() => snapMetres !== null && done({ ...survey, snapMetres })}
              >
                {t("land.survey.tool.apply")}
              </Button>
              {survey.snapMetres !== undefined && (
                <Button
                  small
                  tone="quiet"
                  onClick={() => {
                    const { snapMetres: _, ...rest } = survey;
                    done(rest);
                  }}
                >
                  {t("land.survey.tool.snap.stop")}
                </Button>
              )}
            </div>
          </>
        )}
        {outcome !== undefined && (
          <>
            <Outcome before={before} after={outcome} />
            <div>
              <Button small disabled={outcome === null} onClick={() => outcome && done(outcome.survey)}>
                {t("land.survey.tool.apply")}
              </Button>
            </div>
          </>
        )}
      </div>
    </div>
  );
}
