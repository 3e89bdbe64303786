import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { StatusTag, type Tone } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { RequestOutput } from "../contract.ts";
import type { RequestState } from "../model.ts";
import { protection } from "./client.ts";
import { DecideDialog } from "./DecideDialog.tsx";

const tones: Readonly<Record<RequestState, Tone>> = {
  open: { tone: "warn", pattern: "hollow" },
  granted: { tone: "info", pattern: "half" },
  refused: { tone: "neutral", pattern: "stripes" },
  done: { tone: "good", pattern: "solid" },
};

/** What somebody asks for, until when it is to be answered, and the step that follows. */
export function RequestItem({
  of,
  person,
}: {
  of: RequestOutput;
  person?: { code: string; path: string } | undefined;
}) {
  const text = useText();
  const { t, format } = text;
  const queries = useQueryClient();
  const [deciding, setDeciding] = useState<"granted" | "refused" | null>(null);
  const { country, id, version } = of;
  const finish = useMutation({
    mutationFn: () => protection.finishRequest({ params: { country, id }, body: { version } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["data-protection"] }),
  });
  return (
    <li>
      <div>
        {person && (
          <>
            <AppLink to={person.path}>{person.code}</AppLink>
            {" · "}
          </>
        )}
        <strong>{text.code("data-request-kind", of.kind)}</strong>
        <div className={surfaces.muted}>
          {[
            t("data-protection.request.received", { date: format.date(of.receivedOn) }),
            t("data-protection.request.due", { date: format.date(of.dueOn) }),
            text.code("data-request-asker", of.askedBy),
            of.author ?? "",
          ]
            .filter((fact) => fact !== "")
            .join(" · ")}
        </div>
        {of.note && <div>{of.note}</div>}
        {of.decisionNote && <div>{t("data-protection.request.decision", { note: of.decisionNote })}</div>}
        {finish.isError && <ProblemNotice problem={finish.error} />}
      </div>
      <div className={surfaces.row}>
        <StatusTag {...(of.overdue ? ({ tone: "bad", pattern: "stripes" } as const) : tones[of.state])}>
          {text.code("data-request-state", of.overdue ? "overdue" : of.state)}
        </StatusTag>
        {of.steps.includes("granted") && (
          <Button small onClick={() => setDeciding("granted")}>
            {t("data-protection.request.grant")}
          </Button>
        )}
        {of.steps.includes("refused") && (
          <Button small onClick={() => setDeciding("refused")}>
            {t("data-protection.request.refuse")}
          </Button>
        )}
        {of.steps.includes("done") && (
          <Button small busy={finish.isPending} onClick={() => finish.mutate()}>
            {t("data-protection.request.finish")}
          </Button>
        )}
      </div>
      {deciding && <DecideDialog of={of} granted={deciding === "granted"} onClose={() => setDeciding(null)} />}
    </li>
  );
}
