import type { SurveyedPolygon, SurveyTrackReport } from "@santi/land-geometry";
import { useState } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { FileDrop } from "../../../../platform/ui/FileDrop.tsx";
import { Icon } from "../../../../platform/ui/Icon.tsx";
import { NumberField } from "../../../../platform/ui/NumberField.tsx";
import styles from "./polygon-editor.module.css";
import { type FileProblem, largestFile, readOutline, readTrack } from "./read-file.ts";

const parseXml = (text: string) => new DOMParser().parseFromString(text, "application/xml");

function Problem(props: { problem: FileProblem | null }) {
  const { t } = useText();
  if (!props.problem) return null;
  return (
    <p role="alert" className={styles.problem}>
      <Icon name="warning" />
      <span>{t(`land.survey.file.${props.problem}`)}</span>
    </p>
  );
}

/** A walk recorded by a receiver: the file, what was left out of it, and how closely the outline follows it. */
export function TrackFields(props: {
  survey: SurveyedPolygon;
  report: SurveyTrackReport | undefined;
  onChange: (survey: SurveyedPolygon, field?: string) => void;
}) {
  const { t, format } = useText();
  const { survey, report, onChange } = props;
  const [problem, setProblem] = useState<FileProblem | null>(null);
  const { track } = survey;
  const take = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > largestFile) return setProblem("too-large");
    const read = readTrack(file.name, await file.text(), parseXml);
    setProblem(read.ok ? null : read.problem);
    if (read.ok) {
      onChange({
        ...survey,
        track: { name: file.name, points: read.value, toleranceMetres: track?.toleranceMetres ?? 1 },
      });
    }
  };
  return (
    <div className={styles.stack}>
      <FileDrop
        label={t("land.survey.track.drop")}
        hint={t("land.survey.track.hint")}
        accept=".gpx,.csv,.tsv,.txt,.geojson,.json"
        onFiles={([file]) => void take(file)}
      />
      <Problem problem={problem} />
      {track && (
        <>
          <p>{t("land.survey.track.read", { name: track.name, count: track.points.length })}</p>
          <div className={styles.fields}>
            <NumberField
              label={t("land.survey.tolerance")}
              hint={t("land.survey.tolerance.hint")}
              min={0}
              max={100}
              value={track.toleranceMetres}
              onChange={(value) =>
                onChange({ ...survey, track: { ...track, toleranceMetres: value ?? 0 } }, "tolerance")
              }
            />
          </div>
        </>
      )}
      {report && (
        <dl className={styles.figures}>
          {Object.entries(report.dropped).map(([reason, count]) => (
            <div key={reason}>
              <dt>{t(`land.survey.dropped.${reason}`)}</dt>
              <dd>{format.number(count, 0)}</dd>
            </div>
          ))}
          <div>
            <dt>{t("land.survey.dropped.used")}</dt>
            <dd>{format.number(report.used, 0)}</dd>
          </div>
        </dl>
      )}
    </div>
  );
}

/** An outline from a file. */
export function OutlineFile(props: { survey: SurveyedPolygon; onChange: (survey: SurveyedPolygon) => void }) {
  const { t } = useText();
  const { survey, onChange } = props;
  const [problem, setProblem] = useState<FileProblem | null>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > largestFile) return setProblem("too-large");
    const read = readOutline(await file.text(), parseXml);
    setProblem(read.ok ? null : read.problem);
    if (read.ok) onChange({ ...survey, file: { name: file.name, geometry: read.value } });
  };
  return (
    <div className={styles.stack}>
      <FileDrop
        label={t("land.survey.file.drop")}
        hint={t("land.survey.file.hint")}
        accept=".geojson,.json,.kml"
        onFiles={([file]) => void take(file)}
      />
      <Problem problem={problem} />
      {survey.file && <p>{t("land.survey.file.read", { name: survey.file.name })}</p>}
    </div>
  );
}
