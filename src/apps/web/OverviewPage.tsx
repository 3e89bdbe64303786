import { useQueries, useQuery } from "@tanstack/react-query";
import { sensitivityRank } from "../../platform/contract/sensitivity.ts";
import { useText } from "../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../platform/ui/AppLink.tsx";
import { type Search, useAddress } from "../../platform/ui/address.ts";
import { BarChart } from "../../platform/ui/BarChart.tsx";
import { buttonClass } from "../../platform/ui/Button.tsx";
import { EmptyState } from "../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../platform/ui/ErrorState.tsx";
import { Figure } from "../../platform/ui/Figure.tsx";
import { later } from "../../platform/ui/later.tsx";
import { PageHeader } from "../../platform/ui/PageHeader.tsx";
import { useCounts, yearBars } from "../../platform/ui/records/CountsStrip.tsx";
import { useCountryName, useRecords } from "../../platform/ui/records/records-context.ts";
import {
  clientOf,
  type RecordItem,
  type RecordSection,
  recordPath,
  recordTitle,
} from "../../platform/ui/records/section.ts";
import { Skeleton } from "../../platform/ui/Skeleton.tsx";
import surfaces from "../../platform/ui/surfaces.module.css";
import type { WaitingPlace } from "../../platform/work/ui/WaitingPanel.tsx";
import { pages, sections } from "./compose.ts";
import { readable } from "./navigation.ts";
import styles from "./overview.module.css";
import { useSession } from "./session.ts";

const WaitingPanel = later<{ places: readonly WaitingPlace[]; country: string | undefined }>(() =>
  import("../../platform/work/ui/WaitingPanel.tsx").then((m) => m.WaitingPanel),
);

function Headline(props: { section: RecordSection; labelKey: string; search: Search; country: string | undefined }) {
  const { t, format } = useText();
  const { section, search, country } = props;
  const query = { ...search, ...(country ? { country } : {}), limit: 1 };
  const answer = useQuery({
    queryKey: ["list", section.type.name, query],
    queryFn: ({ signal }) => clientOf(section).list({ query: query as never }, { signal }),
  });
  return (
    <Figure
      value={answer.data ? format.number(answer.data.total) : null}
      label={t(props.labelKey)}
      to={section.path}
      search={search}
    />
  );
}

function YearChart({ section, search }: { section: RecordSection; search: Search }) {
  const { t } = useText();
  const counts = useCounts(section, section.type.dateField, search);
  const records = t(`records.${section.type.name}`);
  const title = t("ui.counts.by-year", { records });
  return (
    <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-label={title}>
      <h2>{title}</h2>
      {counts.isPending && <Skeleton lines={4} />}
      {counts.isError && <ErrorState problem={counts.error} onRetry={() => void counts.refetch()} />}
      {counts.data && (
        <BarChart upright title={title} bars={yearBars(section, counts.data.rows, search)} countLabel={t("ui.count")} />
      )}
    </section>
  );
}

/** The latest records of all kinds, by when they were written down. Shown to those who may know that. */
function RecentChanges({ shown, country }: { shown: readonly RecordSection[]; country: string | undefined }) {
  const text = useText();
  const answers = useQueries({
    queries: shown.map((section) => {
      const query = { sort: "-recordedAt", limit: 8, ...(country ? { country } : {}) };
      return {
        queryKey: ["list", section.type.name, query],
        queryFn: ({ signal }: { signal: AbortSignal }) => clientOf(section).list({ query: query as never }, { signal }),
      };
    }),
  });
  const latest = answers
    .flatMap((answer, index) => {
      const section = shown[index];
      return section ? ((answer.data?.items ?? []) as RecordItem[]).map((record) => ({ section, record })) : [];
    })
    .filter(({ record }) => typeof record.recordedAt === "string")
    .toSorted((a, b) => String(b.record.recordedAt).localeCompare(String(a.record.recordedAt)))
    .slice(0, 8);
  if (latest.length === 0) return null;
  const now = new Date();
  return (
    <section className={surfaces.card} aria-labelledby="recent">
      <div className={surfaces.panelHead}>
        <h2 id="recent">{text.t("app.recent")}</h2>
      </div>
      <ul className={`${styles.recent} ${surfaces.pad}`}>
        {latest.map(({ section, record }) => (
          <li key={record.id}>
            <AppLink to={recordPath(section, record)}>{recordTitle(section, record, text)}</AppLink>
            <span className={surfaces.muted}>{text.t(`record.${section.type.name}`)}</span>
            <time
              dateTime={String(record.recordedAt)}
              title={text.format.dateTime(String(record.recordedAt))}
              className={`${surfaces.small} ${surfaces.muted}`}
            >
              {text.format.relative(String(record.recordedAt), now)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The first page: the figures that matter, each opening what it counts; how they moved over the years; what is new. */
export function OverviewPage() {
  const { t } = useText();
  const [search] = useAddress();
  const session = useSession();
  const { clearance } = useRecords();
  const countryName = useCountryName();
  const shown = readable(session.data?.rights ?? []).filter(({ headlines, yearChart }) => headlines || yearChart);
  const signedOut = !session.data?.account;
  const scope: Search = search.country ? { country: search.country } : {};
  return (
    <>
      <PageHeader
        title={t("app.overview")}
        lead={search.country ? countryName(search.country) : t("app.country.all")}
      />
      <div className={surfaces.stack}>
        {(signedOut || shown.length === 0) && (
          <div className={surfaces.card}>
            <EmptyState
              icon="overview"
              title={t("app.welcome")}
              actions={
                <AppLink to="/sign-in" className={buttonClass("primary")}>
                  {t("access.sign-in")}
                </AppLink>
              }
            >
              {t("app.welcome.hint")}
            </EmptyState>
          </div>
        )}
        {!signedOut && <WaitingPanel places={[...sections, ...pages]} country={search.country} />}
        {shown.length > 0 && (
          <>
            <section className={`${surfaces.card} ${styles.figures}`} aria-label={t("app.figures")}>
              {shown.flatMap((section) =>
                (section.headlines ?? []).map((headline) => (
                  <Headline key={headline.labelKey} section={section} country={search.country} {...headline} />
                )),
              )}
            </section>
            <div className={styles.charts}>
              {shown
                .filter((section) => section.yearChart)
                .map((section) => (
                  <YearChart key={section.type.name} section={section} search={scope} />
                ))}
            </div>
            {sensitivityRank(clearance) >= sensitivityRank("restricted") && (
              <RecentChanges shown={shown} country={search.country} />
            )}
          </>
        )}
      </div>
    </>
  );
}
