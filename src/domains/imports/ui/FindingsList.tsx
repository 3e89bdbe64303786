import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState, ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { MoreButton } from "../../../platform/ui/ListCard.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { FindingOutput, ImportOutput } from "../contract.ts";
import { titleKeys } from "../model.ts";
import { imports } from "./client.ts";
import { DecideAllDialog } from "./DecideAllDialog.tsx";
import { FindingItem } from "./FindingItem.tsx";
import { FindingsFiles } from "./FindingsFiles.tsx";
import styles from "./imports.module.css";

type Which = { ids: string[] } | { check: string };
type Filter = { check: string; severity: string; state: string };

function queryOf({ check, severity, state }: Filter) {
  return {
    check: check || undefined,
    severity: (severity || undefined) as FindingOutput["severity"] | undefined,
    state: (state || undefined) as FindingOutput["state"] | undefined,
  };
}

/** What was found in an import, as a list to work off: filters, suggestions to apply, findings to put aside, files. */
export function FindingsList({ entry }: { entry: ImportOutput }) {
  const text = useText();
  const { t } = text;
  const toast = useToast();
  const queries = useQueryClient();
  const mayDecide = entry.allowed.includes("decide");
  const [search, setSearch] = useAddress();
  const filter: Filter = {
    check: search.check ?? "",
    severity: search.severity ?? "",
    // Whoever can decide comes to see what is open; "all" is a choice of its own.
    state: search.state === "all" ? "" : (search.state ?? (mayDecide ? "open" : "")),
  };
  const [all, setAll] = useState<"apply" | "dismiss" | null>(null);
  const { id } = entry;
  const list = useInfiniteQuery({
    queryKey: ["import-findings", id, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      imports.findings({ params: { id }, query: { ...queryOf(filter), after: pageParam, limit: 50 } }, { signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const refresh = () => queries.invalidateQueries({ queryKey: ["import-findings", id] });
  const apply = useMutation({
    mutationFn: ({ which, reason }: { which: Which; reason: string }) =>
      imports.apply({ params: { id }, body: { which, reason } }),
    onSuccess: async (done) => {
      setAll(null);
      await refresh();
      toast({ text: t("imports.findings.applied", { ...done }) });
    },
  });
  const dismiss = useMutation({
    mutationFn: (which: Which) => imports.dismiss({ params: { id }, body: { which } }),
    onSuccess: async ({ dismissed }) => {
      setAll(null);
      await refresh();
      toast({ text: t("imports.findings.dismissed", { count: dismissed }) });
    },
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const counts = list.data?.pages[0]?.counts ?? [];
  const checks = new Map<string, number>();
  for (const { check, count } of counts) checks.set(check, (checks.get(check) ?? 0) + count);
  const ofCheck = counts.filter(({ check, state }) => check === filter.check && state === "open");
  const suggested = ofCheck.reduce((sum, row) => sum + row.suggested, 0);
  const open = ofCheck.reduce((sum, row) => sum + row.count, 0);
  const busy = apply.isPending || dismiss.isPending;
  const set = (changes: Partial<Filter>) => setSearch(changeSearch(search, changes));
  return (
    <section className={surfaces.stack} aria-label={t("imports.findings")}>
      <div className={`${surfaces.row} ${surfaces.spread}`}>
        <h2>{t("imports.findings")}</h2>
        {items.length > 0 && (
          <FindingsFiles id={id} filter={{ check: filter.check, severity: filter.severity, state: filter.state }} />
        )}
      </div>
      <div className={styles.form}>
        <Select
          label={t("imports.findings.check")}
          value={filter.check}
          onChange={(check) => set({ check })}
          empty={t("imports.findings.all-checks")}
          options={[...checks].map(([value, count]) => ({
            value,
            label: t("imports.findings.check.entry", { check: text.first(titleKeys(value)), count }),
          }))}
        />
        <Select
          label={t("imports.severity")}
          value={filter.severity}
          onChange={(severity) => set({ severity })}
          empty={t("imports.severity.all")}
          options={["error", "warning"].map((value) => ({ value, label: t(`imports.severity.${value}`) }))}
        />
        {!entry.dryRun && (
          <Select
            label={t("imports.state")}
            value={filter.state}
            onChange={(state) => set({ state: state || "all" })}
            empty={t("imports.state.all")}
            options={["open", "applied", "dismissed"].map((value) => ({ value, label: t(`imports.state.${value}`) }))}
          />
        )}
      </div>
      {mayDecide && filter.check !== "" && open > 0 && (
        <div className={surfaces.row}>
          {suggested > 0 && (
            <Button small busy={busy} onClick={() => setAll("apply")}>
              {t("imports.findings.apply-all", { count: suggested })}
            </Button>
          )}
          <Button small busy={busy} onClick={() => setAll("dismiss")}>
            {t("imports.findings.dismiss-all")}
          </Button>
        </div>
      )}
      {mayDecide && filter.check === "" && <p className={surfaces.muted}>{t("imports.page.all.hint")}</p>}
      {all !== null && (
        <DecideAllDialog
          act={all}
          check={text.first(titleKeys(filter.check))}
          count={all === "apply" ? suggested : open}
          busy={busy}
          problem={all === "apply" ? apply.error : dismiss.error}
          onConfirm={(reason) =>
            all === "apply"
              ? apply.mutate({ which: { check: filter.check }, reason })
              : dismiss.mutate({ check: filter.check })
          }
          onClose={() => setAll(null)}
        />
      )}
      {all === null && apply.isError && <ProblemNotice problem={apply.error} />}
      {all === null && dismiss.isError && <ProblemNotice problem={dismiss.error} />}
      {list.isPending && <Skeleton lines={5} />}
      {list.isError && <ErrorState problem={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <EmptyState
          icon="check"
          title={t(checks.size === 0 ? "imports.findings.none" : "imports.findings.none-match")}
        />
      )}
      {items.length > 0 && (
        <div className={`${surfaces.card} ${surfaces.pad}`}>
          <ul className={styles.list} aria-busy={list.isFetching}>
            {items.map((finding) => (
              <FindingItem
                key={finding.id}
                finding={finding}
                country={entry.country}
                busy={busy}
                {...(mayDecide && finding.state === "open"
                  ? {
                      onDismiss: () => dismiss.mutate({ ids: [finding.id] }),
                      ...(finding.suggestion && finding.recordId
                        ? {
                            onApply: () =>
                              apply.mutate({
                                which: { ids: [finding.id] },
                                reason: t("imports.findings.apply.reason"),
                              }),
                          }
                        : {}),
                    }
                  : {})}
              />
            ))}
          </ul>
        </div>
      )}
      <MoreButton list={list} />
    </section>
  );
}
