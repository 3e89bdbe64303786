import type { ComputedSurvey, SurveyedPolygon } from "@santi/land-geometry";
import { useState } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../../platform/ui/address.ts";
import { Button } from "../../../../platform/ui/Button.tsx";
import { ProblemNotice } from "../../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../../platform/ui/PageHeader.tsx";
import { CountrySelect } from "../../../../platform/ui/records/CountrySelect.tsx";
import { useRecords } from "../../../../platform/ui/records/records-context.ts";
import { showsPlaces } from "../../../../platform/ui/records/section.ts";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { accidents } from "../../../accidents/ui/index.ts";
import { areas, PolygonEditor } from "../../../land/ui/index.ts";
import { useCountry } from "../use-country.ts";
import { useReporter } from "../use-reporter.ts";
import { PlotResult } from "./PlotResult.tsx";
import styles from "./plot-check.module.css";
import { usePlotCheck } from "./use-plot-check.ts";

/** Nothing drawn yet: most who ask know the place on the map, not its coordinates. */
const nothingDrawn: SurveyedPolygon = {
  method: "drawn",
  reading: { datum: "wgs-84", order: "lat-lon" },
  points: [],
  north: "true",
  declinationDegrees: null,
  declinationDate: null,
  distanceUnit: "metre",
  adjust: true,
};

/** Says what is known about a plot that is drawn, typed or read from a file: areas, released land, accidents, with dates and sources. */
export function PlotCheckPage() {
  const text = useText();
  const { t } = text;
  const [search, setSearch] = useAddress();
  const { countries, clearance } = useRecords();
  const country = useCountry() ?? [...countries.keys()][0];
  const reader = useReporter(country);
  const [survey, setSurvey] = useState(nothingDrawn);
  const [computed, setComputed] = useState<ComputedSurvey | null>(null);
  const mayRead = (section: typeof areas) => reader.may(section.routes.list.right) && showsPlaces(section, clearance);
  const check = usePlotCheck(mayRead(accidents));
  const plot = computed?.geometry ?? null;
  const known = check.data && check.data.plot === plot && check.data.country === country ? check.data : null;
  return (
    <>
      <PageHeader
        title={t("plot-check.title")}
        lead={t("plot-check.lead")}
        actions={
          countries.size > 1 &&
          !search.country && (
            <CountrySelect
              label={t("ledger.country")}
              hideLabel
              value={country ?? ""}
              onChange={(value) => setSearch({ ...search, country: value })}
            />
          )
        }
      />
      <div className={surfaces.stack}>
        <div className={styles.entry}>
          <PolygonEditor
            value={survey}
            onChange={(next, result) => {
              setSurvey(next);
              setComputed(result);
            }}
            country={country}
          />
        </div>
        <div className={styles.ask}>
          <Button
            tone="primary"
            icon="search"
            busy={check.isPending}
            disabled={plot === null || country === undefined}
            onClick={() => plot && country && check.mutate({ country, plot })}
          >
            {t("plot-check.ask")}
          </Button>
          <span className={surfaces.muted}>{t(plot ? "plot-check.not-stored" : "plot-check.first")}</span>
        </div>
        <div aria-live="polite">{check.isError && <ProblemNotice problem={check.error} />}</div>
        {known && <PlotResult check={known} seesPlaces={mayRead(areas)} />}
      </div>
    </>
  );
}
