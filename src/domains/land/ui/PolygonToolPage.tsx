import { type ComputedSurvey, computeSurvey, type SurveyedPolygon } from "@santi/land-geometry";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { cornersCsv, download, outlineGeoJson } from "./polygon-editor/downloads.ts";
import { PolygonEditor } from "./polygon-editor/PolygonEditor.tsx";
import { emptySurvey } from "./polygon-editor/survey-state.ts";

/** Plots a surveyed polygon for anybody: computed on this page, offered as files, and not stored. */
export function PolygonToolPage() {
  const { t } = useText();
  const [search] = useAddress();
  const [state, setState] = useState<{ survey: SurveyedPolygon; computed: ComputedSurvey }>(() => {
    const survey = emptySurvey();
    return { survey, computed: computeSurvey(survey) };
  });
  const { survey, computed } = state;
  const outline = outlineGeoJson(survey, computed);
  return (
    <>
      <PageHeader
        title={t("land.survey.title")}
        lead={<p>{t("land.survey.lead")}</p>}
        actions={
          <>
            <Button
              icon="export"
              disabled={outline === null}
              onClick={() => outline && download("outline.geojson", "application/geo+json", outline)}
            >
              {t("land.survey.download.geojson")}
            </Button>
            <Button
              icon="export"
              disabled={computed.corners.length === 0}
              onClick={() => download("corners.csv", "text/csv", cornersCsv(computed))}
            >
              {t("land.survey.download.csv")}
            </Button>
          </>
        }
      />
      <PolygonEditor
        value={survey}
        onChange={(next, result) => setState({ survey: next, computed: result })}
        country={search.country}
      />
    </>
  );
}
