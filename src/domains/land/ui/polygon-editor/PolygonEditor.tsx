import {
  type Areal,
  applySuggestion,
  type ComputedSurvey,
  computeSurvey,
  prepareRegion,
  type SurveyedPolygon,
  type SurveyFinding,
  type SurveyMethod,
  type SurveyNeighbour,
  type SurveyOptions,
  surveyMethods,
} from "@santi/land-geometry";
import { useQuery } from "@tanstack/react-query";
import type { Position } from "geojson";
import { type KeyboardEvent, lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { createClient } from "../../../../platform/contract/client.ts";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import type { MapBounds } from "../../../../platform/map/layers.ts";
import { Button } from "../../../../platform/ui/Button.tsx";
import { Skeleton } from "../../../../platform/ui/Skeleton.tsx";
import { Tabs } from "../../../../platform/ui/Tabs.tsx";
import { routes as placeRoutes } from "../../../places/contract.ts";
import { ApproachFields, NamedPoint } from "./ApproachFields.tsx";
import { ClosurePanel } from "./ClosurePanel.tsx";
import { CoordinateTable } from "./CoordinateTable.tsx";
import { OutlineFile, TrackFields } from "./FileFields.tsx";
import { FindingList } from "./FindingList.tsx";
import { LegTable } from "./LegTable.tsx";
import { NorthFields } from "./NorthFields.tsx";
import { type OutlineTool, OutlineTools } from "./OutlineTools.tsx";
import { baseOf, type MadeOutline, splitOutline } from "./outline-operations.ts";
import styles from "./polygon-editor.module.css";
import { ReadingFields } from "./ReadingFields.tsx";
import { ResultPanel } from "./ResultPanel.tsx";
import { changeMethod, emptySurvey, ringPoints } from "./survey-state.ts";
import { useSurveyHistory } from "./use-survey-history.ts";

const PreviewMap = lazy(() => import("./PreviewMap.tsx").then((m) => ({ default: m.PreviewMap })));
const places = createClient({ countries: placeRoutes.countries });
const nobody: readonly SurveyNeighbour[] = [];

/** The box around a country: west, south, east, north; undefined until it is known. */
function useCountryBox(country: string | undefined): MapBounds | undefined {
  const answer = useQuery({
    queryKey: ["countries"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => places.countries({}, { signal }),
  });
  const [west, south, east, north] = answer.data?.items.find(({ code }) => code === country)?.bounds ?? [];
  return useMemo(
    () =>
      west === undefined || south === undefined || east === undefined || north === undefined
        ? undefined
        : [west, south, east, north],
    [west, south, east, north],
  );
}

function regionOf([west, south, east, north]: MapBounds) {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return prepareRegion({ type: "Polygon", coordinates: [ring] });
}

/** Works surveys out, the last one only once: the caller is told of it before this component is drawn again. */
function useComputed(): (survey: SurveyedPolygon, options: SurveyOptions) => ComputedSurvey {
  const last = useRef<{ survey: SurveyedPolygon; options: SurveyOptions; computed: ComputedSurvey } | null>(null);
  return (survey, options) => {
    if (last.current?.survey !== survey || last.current.options !== options) {
      last.current = { survey, options, computed: computeSurvey(survey, options) };
    }
    return last.current.computed;
  };
}

/** What the editor of surveyed polygons takes. */
export interface PolygonEditorProps {
  /** The survey as it stands; null for a new one. */
  value: SurveyedPolygon | null;
  /** Called with every change and what it comes to. */
  onChange: (survey: SurveyedPolygon, computed: ComputedSurvey) => void;
  /** The area or task the outline belongs to. */
  task?: Areal;
  /** Ground around it that is recorded already. Keep the array stable between renders. */
  neighbours?: readonly SurveyNeighbour[];
  /** ISO 3166-1 alpha-3; its box tells exchanged axes and wrong zones. */
  country?: string | undefined;
  readOnly?: boolean;
  /** Told when the outline was cut: the piece that is kept here, and the others. Without it others are dropped. */
  onSplit?: (kept: MadeOutline, computed: ComputedSurvey, others: readonly MadeOutline[]) => void;
}

/**
 * Enters a surveyed polygon by bearings and distances, coordinates, a track, a file or drawing, with the outline on the
 * map, closure, area, and everything there is to say about it while it is typed. The survey is the caller's; this keeps
 * only the steps back and what was entered by other methods.
 */
export function PolygonEditor(props: PolygonEditorProps) {
  const { t } = useText();
  const { task, neighbours = nobody, country, readOnly = false } = props;
  const blank = useRef(emptySurvey());
  const survey = props.value ?? blank.current;
  const box = useCountryBox(country);
  const options = useMemo(
    () => ({ neighbours, ...(task ? { task } : {}), ...(box ? { region: regionOf(box) } : {}) }),
    [neighbours, task, box],
  );
  const compute = useComputed();
  const computed = compute(survey, options);
  const history = useSurveyHistory();
  const kept = useRef<Partial<Record<SurveyMethod, SurveyedPolygon>>>({});
  const [said, setSaid] = useState("");
  const [tool, setTool] = useState<OutlineTool | null>(null);
  const [line, setLine] = useState<readonly Position[]>([]);
  // Handlers of the map live longer than a render.
  const latest = useRef({ survey, options, onChange: props.onChange });
  useEffect(() => {
    latest.current = { survey, options, onChange: props.onChange };
  });

  const put = (next: SurveyedPolygon) => {
    latest.current.survey = next;
    latest.current.onChange(next, compute(next, latest.current.options));
  };
  const change = (next: SurveyedPolygon, field?: string) => {
    history.note(latest.current.survey, field);
    setSaid("");
    put(next);
  };
  const step = (to: "back" | "forward") => {
    const next = history[to](latest.current.survey);
    if (next) put(next);
    setSaid(next ? t(to === "back" ? "land.survey.undone" : "land.survey.redone") : "");
  };
  const stepByKey = (event: KeyboardEvent) => {
    // In a field of text the browser's own undo is what one expects.
    const isTyping = (event.target as HTMLElement).matches(
      "input:not([type=checkbox], [type=radio], [type=range]), textarea",
    );
    if (readOnly || isTyping || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const to = key === "z" ? (event.shiftKey ? "forward" : "back") : key === "y" ? "forward" : null;
    if (to === null) return;
    event.preventDefault();
    step(to);
  };
  const take = (finding: SurveyFinding) => {
    change(applySuggestion(latest.current.survey, finding));
    setSaid(t("land.survey.taken"));
  };
  const choose = (method: string) => {
    const next = surveyMethods.find((each) => each === method);
    if (!next || next === survey.method) return;
    kept.current[survey.method] = survey;
    change(changeMethod(survey, next, kept.current, computed));
  };
  // A corner on a neighbour's border must keep all its digits; elsewhere a centimetre is enough.
  const decimals = neighbours.length > 0 ? 12 : 7;
  const drawn = (ring: readonly Position[]) => {
    const { survey: current } = latest.current;
    change({ ...current, points: ringPoints(ring, decimals) });
  };

  const reading = <ReadingFields reading={survey.reading} onChange={(next) => change({ ...survey, reading: next })} />;
  const approach = (
    <details className={styles.more}>
      <summary>{t("land.survey.approach")}</summary>
      <p className={styles.rowNote}>{t("land.survey.approach.hint")}</p>
      <ApproachFields survey={survey} onChange={change} />
    </details>
  );
  const contents: Readonly<Record<SurveyMethod, () => React.ReactNode>> = {
    "bearing-distance": () => (
      <>
        <NorthFields survey={survey} onChange={change} />
        <NamedPoint part="start" survey={survey} onChange={change} />
        {reading}
        {approach}
        <LegTable survey={survey} onChange={change} />
      </>
    ),
    coordinates: () => (
      <>
        {reading}
        <CoordinateTable survey={survey} onChange={change} canPaste />
        {approach}
      </>
    ),
    "gps-track": () => <TrackFields survey={survey} report={computed.track} onChange={change} />,
    file: () => <OutlineFile survey={survey} onChange={change} />,
    drawn: () => (
      <>
        <p className={styles.rowNote}>{t("land.survey.draw.hint")}</p>
        <CoordinateTable survey={survey} onChange={change} canPaste={false} />
      </>
    ),
  };
  const pieces = useMemo(() => {
    const base = tool === "split" && line.length > 1 ? baseOf(survey, computed, "") : null;
    const made = base ? splitOutline(base, line) : [];
    return made.length > 1 ? made.map(({ geometry }) => geometry) : [];
  }, [tool, line, survey, computed]);
  const { onSplit } = props;
  const content = <div className={styles.stack}>{contents[survey.method]()}</div>;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys step back and forward; the buttons do the same.
    <div className={styles.editor} onKeyDown={stepByKey}>
      <div className={styles.entry}>
        <fieldset disabled={readOnly} className={styles.plain}>
          {readOnly ? (
            content
          ) : (
            <Tabs
              label={t("land.survey.method")}
              value={survey.method}
              onChange={choose}
              tabs={surveyMethods.map((method) => ({
                id: method,
                label: t(`land.survey.method.${method}`),
                content: <div className={styles.tab}>{content}</div>,
              }))}
            />
          )}
        </fieldset>
      </div>
      <div className={styles.view}>
        <div className={styles.map}>
          <Suspense fallback={<Skeleton lines={6} />}>
            <PreviewMap
              computed={computed}
              task={task}
              neighbours={neighbours}
              home={box}
              pieces={pieces}
              onCut={tool === "split" ? setLine : undefined}
              draw={
                tool !== "split" && survey.method === "drawn" && !readOnly
                  ? {
                      decimals,
                      onRing: drawn,
                      ...(history.canGoBack ? { onUndo: () => step("back") } : {}),
                      ...(history.canGoForward ? { onRedo: () => step("forward") } : {}),
                    }
                  : undefined
              }
            />
          </Suspense>
        </div>
        {!readOnly && (
          <div className={styles.steps}>
            <Button small disabled={!history.canGoBack} onClick={() => step("back")}>
              {t("land.survey.undo")}
            </Button>
            <Button small disabled={!history.canGoForward} onClick={() => step("forward")}>
              {t("land.survey.redo")}
            </Button>
            <span role="status">{said}</span>
          </div>
        )}
        {!readOnly && (
          <OutlineTools
            survey={survey}
            computed={computed}
            neighbours={neighbours}
            tool={tool}
            onTool={setTool}
            line={line}
            onLine={setLine}
            onChange={change}
            onPieces={
              onSplit &&
              ((kept, others) => {
                history.note(latest.current.survey);
                latest.current.survey = kept.survey;
                onSplit(kept, compute(kept.survey, latest.current.options), others);
              })
            }
          />
        )}
        <ResultPanel computed={computed} />
        <FindingList survey={survey} computed={computed} onTake={take} readOnly={readOnly} />
        {computed.traverse && <ClosurePanel traverse={computed.traverse} adjust={survey.adjust} />}
      </div>
    </div>
  );
}
