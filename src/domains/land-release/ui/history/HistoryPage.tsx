import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { createClient } from "../../../../platform/contract/client.ts";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../../platform/ui/AppLink.tsx";
import { useAddress } from "../../../../platform/ui/address.ts";
import { EmptyState } from "../../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../../platform/ui/ErrorState.tsx";
import { IconButton } from "../../../../platform/ui/IconButton.tsx";
import { PageHeader } from "../../../../platform/ui/PageHeader.tsx";
import { CountrySelect } from "../../../../platform/ui/records/CountrySelect.tsx";
import { useRecords } from "../../../../platform/ui/records/records-context.ts";
import { Skeleton } from "../../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { type HistoryOutput, historyRoute } from "../../contract-history.ts";
import { stateOn } from "../../model-replay.ts";
import { useCountry } from "../use-country.ts";
import { DayFigures, YearsTable } from "./DayFigures.tsx";
import styles from "./history.module.css";
import { ReplayControls } from "./ReplayControls.tsx";
import { dayNumber, replayMap, type StepSize, stepSizes, stopsOf } from "./replay.ts";

const HistoryMap = lazy(() => import("./HistoryMap.tsx").then((m) => ({ default: m.HistoryMap })));
const client = createClient({ history: historyRoute });

const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text);

/** Days change many times a second while the slider moves; the address follows when it rests. */
function useDay(today: string): [string, (day: string) => void] {
  const [search, setSearch] = useAddress();
  const asked = isDay(search.on) ? search.on : today;
  const [day, setDay] = useState(asked);
  const written = useRef(asked);
  useEffect(() => {
    if (asked === written.current) return;
    written.current = asked;
    setDay(asked);
  }, [asked]);
  useEffect(() => {
    if (day === written.current) return;
    const timer = setTimeout(() => {
      written.current = day;
      setSearch({ ...search, on: day === today ? undefined : day }, { replace: true });
    }, 400);
    return () => clearTimeout(timer);
  }, [day, search, setSearch, today]);
  return [day, setDay];
}

function ChosenArea(props: { history: HistoryOutput; area: string; day: string; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const { history, day } = props;
  const area = history.areas.find(({ id }) => id === props.area);
  const state = area && stateOn(area.states, day);
  if (!area) return null;
  return (
    <section className={`${surfaces.card} ${styles.chosen}`} aria-label={t("land-history.chosen")}>
      <div>
        {area.code ? (
          <AppLink to={`/land/areas/${history.country}/${area.id}`}>{area.code}</AppLink>
        ) : (
          <span>{t("land-history.no-code")}</span>
        )}
        <p className={surfaces.small}>
          {state
            ? t("land-history.chosen.state", {
                class: text.code("area-class", state.areaClass),
                status: text.code("area-status", state.status),
                area: text.area(state.squareMetres),
              })
            : t("land-history.chosen.not-yet")}
        </p>
      </div>
      <IconButton icon="close" label={t("ui.close")} onClick={props.onClose} />
    </section>
  );
}

function Replay({ history, today }: { history: HistoryOutput & { firstDay: string }; today: string }) {
  const { t } = useText();
  const [search, setSearch] = useAddress();
  const [day, setDay] = useDay(today);
  const [playing, setPlaying] = useState(false);
  const size: StepSize = stepSizes.find((each) => each === search.step) ?? "month";
  const first = history.firstDay < today ? history.firstDay : today;
  const stops = useMemo(() => stopsOf(first, today, size), [first, today, size]);
  const years = useMemo(() => stopsOf(first, today, "year"), [first, today]);
  const replay = useMemo(() => replayMap(history), [history]);
  const on = dayNumber(day);
  const selected = replay.areas.features.find(
    ({ properties }) => properties?.area === search.area && properties?.from <= on && properties?.until > on,
  );
  return (
    <div className={surfaces.stack}>
      {history.truncated && <p className={`${surfaces.card} ${surfaces.pad}`}>{t("land-history.truncated")}</p>}
      <section className={`${surfaces.card} ${styles.stage}`} aria-label={t("land-history.map")}>
        <Suspense
          fallback={
            <div className={styles.map}>
              <Skeleton lines={8} />
            </div>
          }
        >
          <HistoryMap
            replay={replay}
            day={day}
            selected={typeof selected?.properties?.id === "string" ? selected.properties.id : null}
            onSelect={(area) => setSearch({ ...search, area: area ?? undefined }, { replace: true })}
          />
        </Suspense>
      </section>
      <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-label={t("land-history.controls")}>
        <DayFigures history={history} day={day} quiet={playing} />
        <ReplayControls
          stops={stops}
          day={day}
          size={size}
          playing={playing}
          onDay={setDay}
          onSize={(step) => setSearch({ ...search, step: step === "month" ? undefined : step }, { replace: true })}
          onPlaying={setPlaying}
        />
      </section>
      {search.area && (
        <ChosenArea
          history={history}
          area={search.area}
          day={day}
          onClose={() => setSearch({ ...search, area: undefined }, { replace: true })}
        />
      )}
      <div className={`${surfaces.card} ${surfaces.pad}`}>
        <YearsTable
          history={history}
          stops={years}
          onDay={(next) => {
            setPlaying(false);
            setDay(next);
          }}
        />
      </div>
    </div>
  );
}

/** The country's hazardous areas on any day of the past, and how they came and went. */
export function HistoryPage() {
  const text = useText();
  const { t } = text;
  const [search, setSearch] = useAddress();
  const { countries } = useRecords();
  const country = useCountry() ?? [...countries.keys()][0];
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const answer = useQuery({
    queryKey: ["land-history", country],
    enabled: country !== undefined,
    staleTime: 300_000,
    queryFn: ({ signal }) => client.history({ query: { country: country ?? "" } }, { signal }),
  });
  const firstDay = answer.data?.firstDay;
  return (
    <>
      <PageHeader
        title={t("land-history.title")}
        lead={t("land-history.lead")}
        actions={
          countries.size > 1 &&
          !search.country && (
            <CountrySelect
              label={t("ledger.country")}
              hideLabel
              value={country ?? ""}
              onChange={(value) => setSearch({ ...search, country: value, area: undefined })}
            />
          )
        }
      />
      {answer.isPending && (
        <div className={`${surfaces.card} ${surfaces.pad}`}>
          <Skeleton lines={12} />
        </div>
      )}
      {answer.isError && <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.data && !firstDay && (
        <EmptyState icon="history" title={t("land-history.empty")}>
          {t("land-history.empty.hint")}
        </EmptyState>
      )}
      {answer.data && firstDay && <Replay key={country} history={{ ...answer.data, firstDay }} today={today} />}
    </>
  );
}
