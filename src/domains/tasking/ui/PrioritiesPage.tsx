import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import { routeUrl } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { task } from "../contract.ts";
import { type CriteriaOutput, priorityRoutes } from "../contract-priority.ts";
import { prepareOptions, rankPrepared } from "../model-priority.ts";
import { firstRankShares, weightTolerances } from "../model-sensitivity.ts";
import { priorities } from "./client.ts";
import { RankedTable } from "./RankedTable.tsx";
import styles from "./tasking.module.css";
import { WeightsCard } from "./WeightsCard.tsx";

/** Draws for the share of first ranks, and their seed: a share is then known to about one in a hundred. */
const draws = { seed: 20_260_101, draws: 2000 };

/** What a set of criteria is called: its own name, or the catalogue's for the shipped ones. */
function useSetName(): (set: Pick<CriteriaOutput, "code" | "names">) => string {
  const text = useText();
  return (set) => text.name(set.names) || text.first([`tasking.criteria.${set.code}`, set.code]);
}

type Answer = Awaited<ReturnType<typeof priorities.priorities>>;

function Ranking({ answer, country }: { answer: Answer; country: string }) {
  const { t } = useText();
  const [search] = useAddress();
  const own = answer.set.definition.criteria.map(({ weight }) => weight);
  const [moved, setMoved] = useState<readonly number[]>(own);
  const weights = useDeferredValue(moved);
  const prepared = useMemo(() => prepareOptions(answer.options, answer.set.definition), [answer]);
  const ranked = useMemo(() => rankPrepared(prepared, weights), [prepared, weights]);
  const tolerances = useMemo(() => weightTolerances(prepared, weights), [prepared, weights]);
  const shares = useMemo(() => firstRankShares(prepared, draws), [prepared]);
  const codes = useMemo(() => new Map(answer.options.map(({ id, code }) => [id, code])), [answer]);
  const changed = moved.some((weight, at) => weight !== own[at]);
  if (answer.options.length === 0)
    return (
      <div className={surfaces.card}>
        <EmptyState icon="area" title={t("tasking.priorities.none")}>
          {t("tasking.priorities.none.hint")}
        </EmptyState>
      </div>
    );
  const file = routeUrl(
    priorityRoutes.prioritiesFile,
    {},
    {
      country,
      criteria: answer.set.code,
      ...(search.unit ? { unit: search.unit } : {}),
      ...(changed ? { weights: moved.join(",") } : {}),
    },
  );
  return (
    <div className={styles.ranking}>
      <div className={surfaces.stack}>
        <RankedTable
          country={country}
          ranked={ranked}
          answer={answer}
          download={
            <a className={buttonClass("plain", true)} href={file} download>
              <Icon name="export" />
              <span>{t("ui.export.csv")}</span>
            </a>
          }
        />
      </div>
      <WeightsCard
        set={answer.set}
        country={country}
        weights={moved}
        onWeights={setMoved}
        changed={changed}
        tolerances={tolerances}
        shares={shares.slice(0, 5).map(({ id, share }) => ({ id, code: codes.get(id) ?? "", share }))}
        codeOf={(id) => codes.get(id) ?? ""}
        draws={draws.draws}
        mayManage={answer.allowed.includes("manage")}
      />
    </div>
  );
}

/** Areas that wait for work, ranked by criteria whose weights can be tried, with how firmly the ranking stands. */
export function PrioritiesPage() {
  const text = useText();
  const { t, format } = text;
  const [search, setSearch] = useAddress();
  const { countries, home } = useRecords();
  const setName = useSetName();
  const [only] = countries.size === 1 ? countries.keys() : [];
  const country = search.country ?? home ?? only;
  const { unit, criteria } = search;
  const sets = useQuery({
    queryKey: ["tasking", "criteria", country],
    enabled: country !== undefined,
    queryFn: ({ signal }) => priorities.criteria({ query: { country: country ?? "" } }, { signal }),
  });
  const answer = useQuery({
    queryKey: ["tasking", "priorities", country, criteria, unit],
    enabled: country !== undefined,
    queryFn: ({ signal }) =>
      priorities.priorities(
        { query: { country: country ?? "", ...(criteria ? { criteria } : {}), ...(unit ? { unit } : {}) } },
        { signal },
      ),
  });
  const field = task.fields.unit;
  return (
    <>
      <PageHeader title={t("tasking.priorities.title")} lead={t("tasking.priorities.lead")} />
      <div className={surfaces.stack}>
        <search className={styles.filters}>
          {countries.size > 1 && (
            <CountrySelect
              value={country ?? ""}
              empty={t("ui.create.choose-country")}
              onChange={(value) => setSearch(changeSearch(search, { country: value || undefined, unit: undefined }))}
            />
          )}
          {sets.data && answer.data && (
            <Select
              label={t("tasking.criteria")}
              value={answer.data.set.code}
              onChange={(value) => setSearch(changeSearch(search, { criteria: value }))}
              options={sets.data.items.map((set) => ({
                value: set.code,
                label: set.inForce ? t("tasking.criteria.in-force", { name: setName(set) }) : setName(set),
              }))}
            />
          )}
          {field && country !== undefined && (
            <RecordPicker
              label={text.field(task.name, "unit")}
              field={field}
              country={country}
              value={unit ?? ""}
              onChange={(value) => setSearch(changeSearch(search, { unit: value || undefined }))}
            />
          )}
        </search>
        {country === undefined && <EmptyState icon="up" title={t("tasking.priorities.choose-country")} />}
        {country !== undefined && answer.isPending && <Skeleton lines={10} />}
        {answer.isError && <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />}
        {answer.data && (
          <p className={surfaces.muted}>
            {t("tasking.priorities.basis", {
              shown: answer.data.options.length,
              total: answer.data.total,
              metres: answer.data.radiusMetres,
              since: format.date(answer.data.since),
            })}
          </p>
        )}
        {answer.data && country !== undefined && (
          <Ranking key={`${country}/${answer.data.set.code}/${unit ?? ""}`} answer={answer.data} country={country} />
        )}
      </div>
    </>
  );
}
