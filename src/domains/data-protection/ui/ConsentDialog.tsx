import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Language, languages } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { languageTable } from "../../../platform/i18n/languages.ts";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { RadioGroup } from "../../../platform/ui/RadioGroup.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { consentDecisions, consentMethods, consentPurposes, type RecipientClass, recipientClasses } from "../model.ts";
import { protection } from "./client.ts";
import styles from "./protection.module.css";
import { today } from "./today.ts";

/** Reads the wording to somebody and records the answer, for one or several classes of recipients. */
export function ConsentDialog(props: { country: string; person: string; child: boolean; onClose: () => void }) {
  const text = useText();
  const { t, language: own } = text;
  const { country, person, child } = props;
  const queries = useQueryClient();
  const wordings = useQuery({
    queryKey: ["data-protection", "wordings", country],
    queryFn: ({ signal }) => protection.wordings({ query: { country } }, { signal }),
  });
  const offered = wordings.data?.items ?? [];
  const [chosen, setChosen] = useState("");
  const wording = offered.find(({ purpose }) => purpose === chosen) ?? offered[0];
  const spoken = languages.filter((each) => wording?.texts[each]);
  const [language, setLanguage] = useState<Language>(own);
  const used = spoken.includes(language) ? language : spoken[0];
  const [recipients, setRecipients] = useState<readonly RecipientClass[]>([]);
  const [decision, setDecision] = useState<(typeof consentDecisions)[number]>("given");
  const [method, setMethod] = useState<(typeof consentMethods)[number]>("spoken");
  const [byGuardian, setByGuardian] = useState(child);
  const [guardian, setGuardian] = useState({ name: "", relation: "" });
  const [decidedOn, setDecidedOn] = useState<{ date: string } | null>({ date: today() });
  const [tried, setTried] = useState(false);
  const send = useMutation({
    mutationFn: () => {
      if (!wording || !used) throw new Error("no wording was chosen");
      return protection.recordConsent({
        body: {
          country,
          person,
          purpose: wording.purpose,
          recipientClasses: [...recipients],
          decision,
          wordingVersion: wording.version,
          language: used,
          decidedOn: decidedOn?.date ?? "",
          decidedBy: byGuardian ? "guardian" : "person",
          ...(byGuardian ? { guardian: { name: guardian.name.trim(), relation: guardian.relation.trim() } } : {}),
          method,
        },
      });
    },
    onSuccess: async () => {
      props.onClose();
      await queries.invalidateQueries({ queryKey: ["data-protection"] });
    },
  });
  const guardianMissing = byGuardian && (guardian.name.trim() === "" || guardian.relation.trim() === "");
  return (
    <FormDialog
      title={t("data-protection.consent.record")}
      onClose={props.onClose}
      submit={t("data-protection.save")}
      disabled={!wording}
      sending={send}
      onSubmit={() => {
        setTried(true);
        if (recipients.length > 0 && !guardianMissing) send.mutate();
      }}
    >
      {wordings.isPending && <Skeleton lines={6} />}
      {wordings.isError && <ErrorState problem={wordings.error} onRetry={() => void wordings.refetch()} />}
      {wordings.data && !wording && <p>{t("data-protection.consent.no-wording")}</p>}
      {wording && (
        <>
          <Select
            label={t("data-protection.consent.purpose")}
            value={wording.purpose}
            onChange={setChosen}
            options={consentPurposes
              .filter((each) => offered.some(({ purpose }) => purpose === each))
              .map((each) => ({ value: each, label: text.code("consent-purpose", each) }))}
          />
          <Select
            label={t("data-protection.consent.language")}
            value={used ?? ""}
            onChange={(value) => setLanguage(languages.find((each) => each === value) ?? own)}
            options={spoken.map((each) => ({ value: each, label: languageTable[each].endonym }))}
          />
          <blockquote className={`${surfaces.notice} ${styles.wording}`} lang={used}>
            {used ? wording.texts[used] : ""}
          </blockquote>
          <FieldSet
            legend={t("data-protection.consent.recipients")}
            problem={tried && recipients.length === 0 ? t("data-protection.consent.recipients.missing") : null}
          >
            {recipientClasses.map((each) => (
              <Checkbox
                key={each}
                label={text.code("recipient-class", each)}
                checked={recipients.includes(each)}
                onChange={(checked) =>
                  setRecipients(checked ? [...recipients, each] : recipients.filter((other) => other !== each))
                }
              />
            ))}
          </FieldSet>
          <RadioGroup
            legend={t("data-protection.consent.decision")}
            value={decision}
            onChange={(value) => setDecision(consentDecisions.find((each) => each === value) ?? "given")}
            options={consentDecisions.map((each) => ({ value: each, label: text.code("consent-decision", each) }))}
          />
          <Select
            label={t("data-protection.consent.method")}
            value={method}
            onChange={(value) => setMethod(consentMethods.find((each) => each === value) ?? "spoken")}
            options={consentMethods.map((each) => ({ value: each, label: text.code("consent-method", each) }))}
          />
          <Checkbox
            label={t("data-protection.consent.guardian")}
            {...(child ? { hint: t("data-protection.consent.child") } : {})}
            checked={byGuardian}
            disabled={child}
            onChange={setByGuardian}
          />
          {byGuardian && (
            <div className={surfaces.gridTwo}>
              <TextField
                label={t("data-protection.consent.guardian-name")}
                required
                autoComplete="off"
                maxLength={200}
                value={guardian.name}
                problem={tried && guardian.name.trim() === "" ? t("data-protection.reason.missing") : null}
                onChange={(name) => setGuardian({ ...guardian, name })}
              />
              <TextField
                label={t("data-protection.consent.guardian-relation")}
                required
                autoComplete="off"
                maxLength={100}
                value={guardian.relation}
                problem={tried && guardian.relation.trim() === "" ? t("data-protection.reason.missing") : null}
                onChange={(relation) => setGuardian({ ...guardian, relation })}
              />
            </div>
          )}
          <DateField
            label={t("data-protection.consent.on")}
            required
            value={decidedOn && { date: decidedOn.date, precision: "day" }}
            problem={fieldProblem(text, send.error, "decidedOn")}
            onChange={setDecidedOn}
          />
        </>
      )}
    </FormDialog>
  );
}
