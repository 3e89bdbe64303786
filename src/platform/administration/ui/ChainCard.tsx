import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { ErrorState, ProblemNotice } from "../../ui/ErrorState.tsx";
import { Progress } from "../../ui/Progress.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { StatusTag } from "../../ui/StatusTag.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { administration, jobs } from "./client.ts";
import { progressOf } from "./job-text.ts";

const stateKey = ["audit", "state"];

/** The check that runs, until it ends; then the state is read anew. */
function RunningCheck({ id }: { id: string }) {
  const text = useText();
  const queries = useQueryClient();
  const job = useQuery({
    queryKey: ["job", id],
    queryFn: ({ signal }) => jobs.get({ params: { id } }, { signal }),
    refetchInterval: ({ state }) => (["waiting", "running"].includes(state.data?.state ?? "running") ? 1000 : false),
  });
  const cancel = useMutation({ mutationFn: () => jobs.cancel({ params: { id } }) });
  const over = job.data !== undefined && !["waiting", "running"].includes(job.data.state);
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: ["audit"] });
  }, [over, queries]);
  const { value, detail } = progressOf(text, job.data);
  return <Progress label={text.t("audit.verifying")} value={value} detail={detail} onCancel={() => cancel.mutate()} />;
}

/** How far the chain of events reaches, when it was last checked, and the button that checks it now. */
export function ChainCard() {
  const { t, format } = useText();
  const queries = useQueryClient();
  const state = useQuery({ queryKey: stateKey, queryFn: ({ signal }) => administration.auditState({}, { signal }) });
  const verify = useMutation({
    mutationFn: () => administration.verifyAudit({}),
    onSuccess: () => queries.invalidateQueries({ queryKey: stateKey }),
  });
  if (state.isPending) return <Skeleton lines={3} />;
  if (state.isError) return <ErrorState problem={state.error} onRetry={() => void state.refetch()} />;
  const { sealed, unsealed, head, last, running } = state.data;
  return (
    <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-label={t("audit.chain")}>
      <div className={`${surfaces.row} ${surfaces.spread}`}>
        <span className={surfaces.row}>
          <StatusTag tone="info" pattern="solid">
            {t("audit.state.sealed", { count: sealed })}
          </StatusTag>
          {unsealed > 0 && (
            <StatusTag tone="neutral" pattern="hollow">
              {t("audit.state.unsealed", { count: unsealed })}
            </StatusTag>
          )}
          {last && (
            <StatusTag
              tone={last.problemCount === 0 ? "good" : "bad"}
              pattern={last.problemCount === 0 ? "solid" : "stripes"}
            >
              {t("audit.state.problems", { count: last.problemCount })}
            </StatusTag>
          )}
        </span>
        {!running && (
          <Button icon="check" busy={verify.isPending} onClick={() => verify.mutate()}>
            {t("audit.verify")}
          </Button>
        )}
      </div>
      {running && <RunningCheck id={running} />}
      {verify.isError && <ProblemNotice problem={verify.error} />}
      <p className={surfaces.small}>
        {last
          ? t(last.by === null ? "audit.state.verified-by-program" : "audit.state.verified", {
              when: format.dateTime(last.verifiedAt),
              by: last.by ?? "",
              count: last.sealed,
            })
          : t("audit.state.never")}
      </p>
      {last && last.problems.length > 0 && (
        <ul className={surfaces.small}>
          {last.problems.map((problem) => (
            <li key={`${problem.kind}${problem.position}${problem.eventId}`}>
              {t(`audit.problem.${problem.kind}`, { position: problem.position ?? 0, event: problem.eventId ?? "" })}
            </li>
          ))}
        </ul>
      )}
      <details className={surfaces.small}>
        <summary>{t("audit.head")}</summary>
        <p>{t("audit.head.hint")}</p>
        <p className={surfaces.mono} style={{ overflowWrap: "anywhere" }}>
          {head}
        </p>
      </details>
    </section>
  );
}
