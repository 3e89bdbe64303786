import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState, ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { later } from "../../../platform/ui/later.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { Progress } from "../../../platform/ui/Progress.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { ExploreBody, ExplorerOutput } from "../contract-explorer.ts";
import { minutesPerBin, peopleIn, peopleOutside, thresholdRange } from "../model.ts";
import styles from "./access.module.css";
import { explorer, peopleText } from "./client.ts";
import type { MapPlace } from "./DropTool.tsx";
import { ExplorerFilters } from "./ExplorerFilters.tsx";
import { FindingList } from "./FindingList.tsx";
import { GapTable } from "./GapTable.tsx";
import { GroupTable } from "./GroupTable.tsx";
import { analysesPath, groundPath } from "./index.ts";
import { Legend } from "./Legend.tsx";
import { differenceText } from "./outside-columns.ts";
import { Proposals } from "./Proposals.tsx";
import { useExplorer, writePlaces } from "./use-explorer.ts";

const ExplorerMap = later<Parameters<typeof import("./ExplorerMap.tsx").ExplorerMap>[0]>(() =>
  import("./ExplorerMap.tsx").then((m) => m.ExplorerMap),
);

/** A scenario that was kept to compare others with. */
interface Kept {
  body: ExploreBody;
  answer: ExplorerOutput;
}

/** The longest threshold that the slider offers, in minutes. */
const longestThreshold = 360;

/** Who cannot reach a service in time, by unit and on the map, and what one more service would change. */
export function ExplorerPage() {
  const text = useText();
  const { t, format } = text;
  const { search, set, terrains, grounds, terrain, body, minutes, answer, today } = useExplorer();
  const [dropping, setDropping] = useState(false);
  const [level, setLevel] = useState(1);
  const [kept, setKept] = useState<Kept | null>(null);
  const slider = useId();
  const data = answer.data;
  const outsideOf = (bins: readonly number[]) => peopleOutside(bins, minutes);
  const changePlaces = (places: readonly MapPlace[]) => set({ places: writePlaces(places.slice(0, 20)) });
  const compared = kept && kept.body.terrain === body.terrain ? kept : null;
  const before = compared?.answer ?? (body.proposals.length > 0 ? today.data : undefined);
  const beforeLabel = t(compared ? "access-to-care.explorer.against-kept" : "access-to-care.explorer.against-today");
  // The same ground as if nothing were contaminated is kept, and that with hazardous areas closed is shown beside it.
  const both = useMutation({
    mutationFn: () => explorer.explore({ body: { ...body, hazards: false } }),
    onSuccess: (open) => {
      setKept({ body: { ...body, hazards: false }, answer: open });
      set({ hazards: "closed" });
    },
  });
  const scenarioName = (asked: ExploreBody) =>
    [
      text.code("travel-mode", asked.mode),
      text.code("season", asked.season),
      ...(asked.hazards ? [t("access-to-care.explorer.hazards-closed")] : []),
      ...(asked.proposals.length > 0 ? [t("access-to-care.explorer.more", { count: asked.proposals.length })] : []),
    ].join(" · ");

  return (
    <>
      <PageHeader
        title={t("access-to-care.explorer.title")}
        lead={t("access-to-care.explorer.lead")}
        actions={
          <>
            <AppLink className={buttonClass()} to={analysesPath}>
              {t("access-to-care.analyses.title")}
            </AppLink>
            <AppLink className={buttonClass()} to={groundPath}>
              {t("access-to-care.ground.title")}
            </AppLink>
          </>
        }
      />
      <div className={surfaces.stack}>
        <ExplorerFilters
          body={body}
          grounds={grounds}
          scoped={search.country !== undefined}
          maySeeHazards={data?.maySeeHazards ?? false}
          onChange={(changes) => set(changes)}
        />
        {terrains.isError && <ErrorState problem={terrains.error} onRetry={() => void terrains.refetch()} />}
        {terrains.data && !terrain && (
          <EmptyState icon="area" title={t("access-to-care.explorer.no-ground")}>
            {t("access-to-care.explorer.no-ground.hint")}
          </EmptyState>
        )}
        {terrains.isPending && <Skeleton lines={12} />}
        {terrain && answer.isPending && <Progress label={t("access-to-care.explorer.preparing")} value={null} />}
        {answer.isError && <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />}
        {data && (
          <>
            <div className={styles.slider}>
              <label htmlFor={slider}>{t("access-to-care.explorer.threshold", { minutes })}</label>
              <input
                id={slider}
                type="range"
                min={thresholdRange.min * 3}
                max={longestThreshold}
                step={minutesPerBin}
                value={minutes}
                onChange={(event) => set({ minutes: event.target.value }, { replace: true })}
              />
              <Legend minutes={minutes} />
            </div>
            <div className={styles.layout} data-compared={compared !== null || undefined}>
              <div className={surfaces.stack}>
                <div className={styles.maps}>
                  {compared && (
                    <div className={styles.mapFrame}>
                      <h3>{t("access-to-care.explorer.kept", { scenario: scenarioName(compared.body) })}</h3>
                      <ExplorerMap
                        country={body.country}
                        name={t("access-to-care.explorer.map-kept")}
                        answer={compared.answer}
                        minutes={minutes}
                        hazards={compared.body.hazards}
                      />
                    </div>
                  )}
                  <div className={styles.mapFrame}>
                    {compared && <h3>{t("access-to-care.explorer.now", { scenario: scenarioName(body) })}</h3>}
                    <ExplorerMap
                      country={body.country}
                      name={t("access-to-care.explorer.map")}
                      answer={data}
                      minutes={minutes}
                      hazards={body.hazards && data.maySeeHazards}
                      onDrop={dropping ? (place) => changePlaces([...body.proposals, place]) : undefined}
                    />
                  </div>
                </div>
                <div className={surfaces.row}>
                  {compared ? (
                    <Button onClick={() => setKept(null)}>{t("access-to-care.explorer.forget")}</Button>
                  ) : (
                    <>
                      <Button icon="columns" onClick={() => setKept({ body, answer: data })}>
                        {t("access-to-care.explorer.keep")}
                      </Button>
                      {data.maySeeHazards && (
                        <Button icon="area" busy={both.isPending} onClick={() => both.mutate()}>
                          {t("access-to-care.explorer.both")}
                        </Button>
                      )}
                    </>
                  )}
                  {both.isError && <ProblemNotice problem={both.error} />}
                </div>
              </div>
              <div className={surfaces.stack}>
                <section
                  className={`${surfaces.card} ${surfaces.pad}`}
                  aria-live="polite"
                  aria-busy={answer.isFetching}
                >
                  <dl className={styles.figures}>
                    <div>
                      <dt>{t("access-to-care.report.people-counted")}</dt>
                      <dd>{peopleText(text, peopleIn(data.total))}</dd>
                    </div>
                    <div>
                      <dt>{t("access-to-care.explorer.outside", { minutes })}</dt>
                      <dd data-figure="outside">{peopleText(text, outsideOf(data.total))}</dd>
                    </div>
                    <div>
                      <dt>{t("access-to-care.report.share")}</dt>
                      <dd>{format.percent(outsideOf(data.total) / Math.max(1, peopleIn(data.total)))}</dd>
                    </div>
                    {before && (
                      <div>
                        <dt>{beforeLabel}</dt>
                        <dd data-figure="difference">
                          {differenceText(format.number, outsideOf(data.total) - outsideOf(before.total))}
                        </dd>
                      </div>
                    )}
                  </dl>
                </section>
                <Proposals
                  body={body}
                  minutes={minutes}
                  states={data.proposals}
                  dropping={dropping}
                  onDropping={setDropping}
                  onChange={changePlaces}
                />
                <FindingList findings={data.findings} />
              </div>
            </div>
            <h2 className={styles.tableTitle}>{t("access-to-care.explorer.table", { minutes })}</h2>
            <Select
              label={t("access-to-care.explorer.level")}
              value={String(level)}
              onChange={(value) => setLevel(Number(value))}
              options={[1, 2].map((value) => ({
                value: String(value),
                label: t(`access-to-care.explorer.level.${value}`),
              }))}
            />
            <GapTable
              answer={data}
              level={level}
              minutes={minutes}
              other={before ? { answer: before, label: beforeLabel } : null}
            />
            {data.groups.length > 0 && (
              <>
                <h2 className={styles.tableTitle}>{t("access-to-care.explorer.groups", { minutes })}</h2>
                <GroupTable
                  answer={data}
                  minutes={minutes}
                  other={before ? { answer: before, label: beforeLabel } : null}
                />
              </>
            )}
          </>
        )}
      </div>
    </>
  );
}
