import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { Dialog } from "../../../platform/ui/Dialog.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { problemOf } from "../../../platform/ui/problem-text.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { DifferenceOutput, ReportOutput } from "../contract.ts";
import { reportPath, reports, signedText } from "./client.ts";
import styles from "./reports.module.css";

const decisions = ["submit", "verify", "approve", "return", "withdraw"] as const;
type Decision = (typeof decisions)[number];
const withReasons: readonly Decision[] = ["return", "withdraw"];

/** What an approval posts, added up by account. */
function Totals({ difference }: { difference: DifferenceOutput | undefined }) {
  const text = useText();
  const { t } = text;
  const sums = new Map<string, number>();
  for (const { account, squareMetres } of difference?.postings ?? [])
    sums.set(account, (sums.get(account) ?? 0) + squareMetres);
  if (sums.size === 0) return <p>{t("land-reports.approve.nothing")}</p>;
  return (
    <table className={styles.ledger} aria-label={t("land-reports.difference.entries")}>
      <tbody>
        {[...sums].map(([account, squareMetres]) => (
          <tr key={account}>
            <th scope="row">{t(`ledger.account.${account}`)}</th>
            <td>{signedText(text, squareMetres)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Says that somebody else acted in between: who, when and what; nothing of theirs was overwritten. */
function Overtaken({ newer }: { newer: ReportOutput | undefined }) {
  const { t, code, format } = useText();
  const last = newer?.thread.at(-1);
  return (
    <div className={`${surfaces.notice} ${surfaces.bad}`} role="alert">
      <Icon name="warning" />
      <div>
        <strong>{t("land-reports.overtaken")}</strong>
        {newer && last && (
          <p>
            {t("land-reports.overtaken.by", {
              who: last.author ?? t("land-reports.by-program"),
              step: t(`land-reports.step.${last.action}`),
              when: format.dateTime(last.at),
              state: code("report-state", newer.report.state),
            })}
          </p>
        )}
        <p>{t("land-reports.overtaken.nothing")}</p>
      </div>
    </div>
  );
}

/** The steps that the reader may take with a report, each asked for once more before it is taken. */
export function ReportActions(props: { answer: ReportOutput; difference: DifferenceOutput | undefined }) {
  const { t } = useText();
  const toast = useToast();
  const queries = useQueryClient();
  const { report, allowed } = props.answer;
  const { country, id, revision } = report;
  const [asked, setAsked] = useState<Decision | null>(null);
  const [comment, setComment] = useState("");
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["land-report", country, id] }),
      queries.invalidateQueries({ queryKey: ["land-difference", country, id] }),
      queries.invalidateQueries({ queryKey: ["land-reports"] }),
    ]);
  const close = () => {
    setAsked(null);
    setComment("");
    send.reset();
  };
  const send = useMutation({
    mutationFn: (decision: Decision) => {
      const words = comment.trim() || null;
      const input = { params: { country, id }, body: { revision, comment: words } };
      const reasoned = { params: { country, id }, body: { revision, comment: words ?? "" } };
      switch (decision) {
        case "submit":
          return reports.submit(input);
        case "verify":
          return reports.verify(input);
        case "approve":
          return reports.approve(input);
        case "return":
          return reports.sendBack(reasoned);
        case "withdraw":
          return reports.withdraw(reasoned);
      }
    },
    onSuccess: async (answer, decision) => {
      queries.setQueryData(["land-report", country, id], answer);
      close();
      toast({ text: t(`land-reports.done.${decision}`) });
      await refresh();
    },
  });
  const code = send.isError ? problemOf(send.error).code : null;
  const overtaken = code === "common.stale-revision" || code === "land-release.step-not-allowed";
  const offered = decisions.filter((decision) => allowed.includes(decision));
  const [first] = offered;
  // Who was faster is asked for only then; what was typed here stays in the window.
  const newer = useQuery({
    queryKey: ["land-report-newer", country, id, revision],
    enabled: overtaken,
    queryFn: ({ signal }) => reports.get({ params: { country, id } }, { signal }),
  });
  const needsReasons = asked !== null && withReasons.includes(asked);
  return (
    <>
      {allowed.includes("edit") && (
        <AppLink to={`${reportPath(report)}/edit`} className={buttonClass()}>
          {t("land-reports.edit")}
        </AppLink>
      )}
      {offered.map((decision) => (
        <Button key={decision} tone={decision === first ? "primary" : "plain"} onClick={() => setAsked(decision)}>
          {t(`land-reports.act.${decision}`)}
        </Button>
      ))}
      <Dialog
        open={asked !== null}
        onClose={close}
        title={asked ? t(`land-reports.act.${asked}`) : ""}
        actions={
          overtaken ? (
            <Button
              tone="primary"
              onClick={() => {
                close();
                void refresh();
              }}
            >
              {t("land-reports.show-newer")}
            </Button>
          ) : (
            <>
              <Button onClick={close}>{t("ui.cancel")}</Button>
              <Button
                tone="primary"
                busy={send.isPending}
                disabled={needsReasons && comment.trim() === ""}
                onClick={() => asked && send.mutate(asked)}
              >
                {asked ? t(`land-reports.act.${asked}`) : ""}
              </Button>
            </>
          )
        }
      >
        <div className={surfaces.stack}>
          {asked && !overtaken && <p>{t(`land-reports.ask.${asked}`, { code: report.code })}</p>}
          {asked === "approve" && !overtaken && <Totals difference={props.difference} />}
          {overtaken && <Overtaken newer={newer.data} />}
          {(!overtaken || comment.trim() !== "") && (
            <TextArea
              label={t(needsReasons ? "land-reports.reasons" : "land-reports.comment")}
              required={needsReasons && !overtaken}
              rows={3}
              maxLength={5000}
              value={comment}
              onChange={setComment}
            />
          )}
          {send.isError && !overtaken && <ProblemNotice problem={send.error} />}
        </div>
      </Dialog>
    </>
  );
}
