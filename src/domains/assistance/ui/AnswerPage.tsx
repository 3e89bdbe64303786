import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Form } from "../../../platform/ui/Form.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { RadioGroup } from "../../../platform/ui/RadioGroup.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { needsWord } from "../model-referral.ts";
import { referring } from "./client.ts";
import { ReceivedCard } from "./ReceivedCard.tsx";

const answers = ["accepted", "declined", "no-capacity"] as const;

/** Where a provider without an account answers by a one-time link. The secret stands behind `#` and goes in a body only. */
export function AnswerPage() {
  const text = useText();
  const { t } = text;
  const [token] = useState(() => window.location.hash.slice(1));
  const [state, setState] = useState<(typeof answers)[number]>("accepted");
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const found = useQuery({
    queryKey: ["assistance", "link"],
    enabled: token !== "",
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => referring.lookAtReferralLink({ body: { token } }, { signal }),
  });
  const send = useMutation({
    mutationFn: () =>
      referring.answerByLink({ body: { token, state, ...(note.trim() === "" ? {} : { reason: note.trim() }) } }),
  });
  const missing = needsWord(state) && note.trim().length < 3;
  return (
    <>
      <PageHeader title={t("assistance.answer.title")} lead={t("assistance.answer.lead")} />
      {token === "" && <EmptyState icon="key" title={t("problem.assistance.link-unusable")} />}
      {token !== "" && found.isPending && <Skeleton lines={6} />}
      {found.isError && <ErrorState problem={found.error} />}
      {send.isSuccess && (
        <EmptyState icon="check" title={t("assistance.answer.thanks")}>
          {t("assistance.answer.told")}
        </EmptyState>
      )}
      {found.data && !send.isSuccess && (
        <ReceivedCard of={found.data} from={found.data.from ? text.name(found.data.from) : ""} unit="">
          <p className={surfaces.muted}>{t("assistance.answer.for", { name: text.name(found.data.provider) })}</p>
          <Form
            problem={send.error}
            onSubmit={() => {
              setTried(true);
              if (!missing) send.mutate();
            }}
          >
            <RadioGroup
              legend={t("assistance.answer.say")}
              value={state}
              onChange={(value) => setState(answers.find((each) => each === value) ?? "accepted")}
              options={answers.map((value) => ({ value, label: text.code("referral-state", value) }))}
            />
            <TextArea
              label={t("assistance.note")}
              required={needsWord(state)}
              hint={t("assistance.no-names")}
              rows={3}
              maxLength={2000}
              value={note}
              onChange={setNote}
              problem={
                tried && missing ? t("problem.assistance.reason-missing") : fieldProblem(text, send.error, "reason")
              }
            />
            <div>
              <Button type="submit" tone="primary" busy={send.isPending}>
                {t("assistance.answer.send")}
              </Button>
            </div>
          </Form>
        </ReceivedCard>
      )}
    </>
  );
}
