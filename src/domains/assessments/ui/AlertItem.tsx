import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { RadioGroup } from "../../../platform/ui/RadioGroup.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { AlertOutput } from "../contract.ts";
import { type AlertAction, alertActions } from "../model.ts";
import styles from "./assessments.module.css";
import { assessments } from "./client.ts";
import { personPath, sheetPath } from "./index.ts";
import { alertTones } from "./tones.ts";

/** One safety alert: about whom, since when, whose it is, and the steps that the reader may take. */
export function AlertItem({ of, linked = false }: { of: AlertOutput; linked?: boolean }) {
  const text = useText();
  const { t, format } = text;
  const toast = useToast();
  const queries = useQueryClient();
  const [closing, setClosing] = useState(false);
  const state = of.overdue ? "overdue" : of.state;
  const done = async (key: string) => {
    toast({ text: t(key) });
    setClosing(false);
    await queries.invalidateQueries({ queryKey: ["assessments"] });
  };
  const target = { params: { country: of.country, id: of.id } };
  const take = useMutation({
    mutationFn: () => assessments.takeAlert({ ...target, body: { version: of.version } }),
    onSuccess: () => done("assessments.alert.taken"),
  });
  const close = useMutation({
    mutationFn: (action: AlertAction) => assessments.closeAlert({ ...target, body: { version: of.version, action } }),
    onSuccess: () => done("assessments.alert.closed"),
  });
  const whose = of.mine ? "mine" : of.responsible === null ? "nobody" : "someone";
  return (
    <li className={styles.alert}>
      <div className={`${surfaces.row} ${surfaces.spread}`}>
        <span className={surfaces.row}>
          <StatusTag {...alertTones[state]}>{text.code("alert-state", state)}</StatusTag>
          {linked ? (
            <AppLink to={personPath({ country: of.country, id: of.person })}>
              {t("assessments.person.code", { code: of.personCode })}
            </AppLink>
          ) : (
            <span>{t("assessments.person.code", { code: of.personCode })}</span>
          )}
        </span>
        <span className={surfaces.muted}>{format.dateTime(of.raisedAt)}</span>
      </div>
      <p>
        {linked ? (
          <AppLink to={sheetPath({ country: of.country, id: of.assessment })}>
            {t(`assessments.alert.${of.code}`)}
          </AppLink>
        ) : (
          t(`assessments.alert.${of.code}`)
        )}
      </p>
      <p className={surfaces.muted}>
        {t("assessments.column.responsible")}: {t(`assessments.alert.${whose}`)}
        {of.action && <> · {text.code("alert-action", of.action)}</>}
      </p>
      {take.error !== null && <ProblemNotice problem={take.error} />}
      {of.steps.length > 0 && (
        <div className={surfaces.row}>
          {of.steps.includes("take") && (
            <Button tone="primary" small icon="person" busy={take.isPending} onClick={() => take.mutate()}>
              {t("assessments.alert.take")}
            </Button>
          )}
          <Button small icon="check" onClick={() => setClosing(true)}>
            {t("assessments.alert.close")}
          </Button>
        </div>
      )}
      {closing && (
        <CloseDialog
          onClose={() => setClosing(false)}
          onSend={close.mutate}
          busy={close.isPending}
          problem={close.error}
        />
      )}
    </li>
  );
}

function CloseDialog(props: {
  onClose: () => void;
  onSend: (action: AlertAction) => void;
  busy: boolean;
  problem: unknown;
}) {
  const text = useText();
  const { t } = text;
  const [action, setAction] = useState<AlertAction | "">("");
  const [tried, setTried] = useState(false);
  return (
    <FormDialog
      title={t("assessments.alert.close")}
      onClose={props.onClose}
      submit={t("assessments.alert.close")}
      sending={{ isPending: props.busy, error: props.problem }}
      onSubmit={() => {
        setTried(true);
        if (action !== "") props.onSend(action);
      }}
    >
      <RadioGroup
        legend={t("assessments.alert.action")}
        value={action}
        onChange={(next) => setAction(next as AlertAction)}
        options={alertActions.map((each) => ({ value: each, label: text.code("alert-action", each) }))}
        problem={tried && action === "" ? t("problem.field.required") : null}
      />
    </FormDialog>
  );
}
