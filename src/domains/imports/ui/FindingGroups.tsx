import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { MoreButton } from "../../../platform/ui/ListCard.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { FindingOutput, ImportOutput } from "../contract.ts";
import { titleKeys } from "../model.ts";
import { imports } from "./client.ts";
import { FindingItem } from "./FindingItem.tsx";
import { FindingsFiles } from "./FindingsFiles.tsx";
import styles from "./imports.module.css";
import { severityTones } from "./status.ts";

const shownAtOnce = 5;

interface Group {
  check: string;
  severity: FindingOutput["severity"];
  count: number;
}

/** What was found, one group for each check, the grave ones first; a group opens to its rows. */
export function FindingGroups({ entry }: { entry: ImportOutput }) {
  const { t, format } = useText();
  const [severity, setSeverity] = useState("");
  const { id } = entry;
  const query = useQuery({
    queryKey: ["import-findings", id, "counts"],
    queryFn: ({ signal }) => imports.findings({ params: { id }, query: { limit: 1 } }, { signal }),
  });
  if (query.isPending) return <Skeleton lines={5} />;
  if (query.isError) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />;
  const byCheck = new Map<string, Group>();
  for (const { check, severity: grave, count } of query.data.counts) {
    const key = `${check}/${grave}`;
    byCheck.set(key, { check, severity: grave, count: (byCheck.get(key)?.count ?? 0) + count });
  }
  const all = [...byCheck.values()].sort(
    (a, b) => Number(b.severity === "error") - Number(a.severity === "error") || b.count - a.count,
  );
  const groups = all.filter((group) => severity === "" || group.severity === severity);
  const total = (wanted: string) =>
    all.filter((one) => one.severity === wanted).reduce((sum, { count }) => sum + count, 0);
  if (all.length === 0) return <EmptyState icon="check" title={t("imports.findings.none")} />;
  return (
    <section className={surfaces.stack} aria-label={t("imports.findings")}>
      <div className={`${surfaces.row} ${surfaces.spread}`}>
        <h3>{t("imports.findings")}</h3>
        <FindingsFiles id={id} filter={{ severity }} />
      </div>
      <div className={styles.form}>
        <Select
          label={t("imports.severity")}
          value={severity}
          onChange={setSeverity}
          empty={t("imports.severity.all")}
          options={(["error", "warning"] as const).map((value) => ({
            value,
            label: t("imports.page.severity.count", {
              severity: t(`imports.severity.${value}`),
              count: format.number(total(value)),
            }),
          }))}
        />
      </div>
      {groups.map((group, index) => (
        <FindingGroup key={`${group.check}/${group.severity}`} entry={entry} group={group} open={index === 0} />
      ))}
    </section>
  );
}

function FindingGroup({ entry, group, open }: { entry: ImportOutput; group: Group; open: boolean }) {
  const text = useText();
  const { t, format } = text;
  const [shown, setShown] = useState(open);
  const { id } = entry;
  const { check, severity } = group;
  const list = useInfiniteQuery({
    queryKey: ["import-findings", id, "group", check, severity],
    enabled: shown,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      imports.findings(
        {
          params: { id },
          query: {
            check,
            severity,
            limit: pageParam ? shownAtOnce * 10 : shownAtOnce,
            ...(pageParam ? { after: pageParam } : {}),
          },
        },
        { signal },
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <details
      className={`${surfaces.card} ${surfaces.pad}`}
      open={shown}
      onToggle={(event) => setShown(event.currentTarget.open)}
    >
      <summary>
        <StatusTag {...severityTones[severity]}>{t(`imports.severity.${severity}`)}</StatusTag>{" "}
        {t("imports.page.group", { check: text.first(titleKeys(check)), count: format.number(group.count) })}
      </summary>
      {list.isPending && shown && <Skeleton lines={3} />}
      {list.isError && <ErrorState problem={list.error} onRetry={() => void list.refetch()} />}
      <ul className={styles.list} aria-busy={list.isFetching}>
        {items.map((finding) => (
          <FindingItem key={finding.id} finding={finding} country={entry.country} busy={false} />
        ))}
      </ul>
      <MoreButton list={{ ...list, hasNextPage: list.hasNextPage && items.length < group.count }} />
    </details>
  );
}
