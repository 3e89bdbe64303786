import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Language, languages } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { RadioGroup } from "../../../platform/ui/RadioGroup.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import {
  type Interval,
  type IssueFormat,
  intervals,
  issueFormats,
  type PeriodRule,
  periodRules,
} from "../model-schedule.ts";
import { reportSchedules } from "./client.ts";
import type { ReportQuery } from "./use-report.ts";

const audiences = ["own", "public"] as const;
const addressesIn = (text: string) => text.split(/[\s,;]+/).filter((part) => part !== "");

/** Lets the report that is shown be issued by itself: how often, of which days, as what, where to. */
export function ScheduleDialog(props: {
  asked: ReportQuery;
  country: string;
  /** Whether the node sends mail. */
  mail: boolean;
  onClose: () => void;
}) {
  const { asked, country, mail, onClose } = props;
  const text = useText();
  const { t, language: mine } = text;
  const toast = useToast();
  const queries = useQueryClient();
  const [every, setEvery] = useState<Interval>("monthly");
  const [day, setDay] = useState<number | null>(5);
  const [period, setPeriod] = useState<PeriodRule>("ended");
  const [language, setLanguage] = useState<Language>(mine);
  const [formats, setFormats] = useState<readonly IssueFormat[]>(["pdf"]);
  const [audience, setAudience] = useState<(typeof audiences)[number]>("own");
  const [folder, setFolder] = useState(true);
  const [recipients, setRecipients] = useState("");
  const [missing, setMissing] = useState(false);
  const others = asked.country.split(",").filter((each) => each !== country);
  const keep = useMutation({
    mutationFn: () =>
      reportSchedules.makeSchedule({
        body: {
          ...{ country, others, definition: asked.definition, in: asked.in, form: asked.form ?? null },
          ...{ every, day: day ?? 1, period, language, formats: [...formats], audience, folder },
          recipients: mail ? addressesIn(recipients) : [],
        },
      }),
    onSuccess: async () => {
      toast({ text: t("reporting.schedule.kept") });
      onClose();
      await queries.invalidateQueries({ queryKey: ["report-schedules"] });
    },
  });
  return (
    <FormDialog
      title={t("reporting.schedule.title")}
      onClose={onClose}
      submit={t("reporting.schedule.keep")}
      sending={keep}
      onSubmit={() => {
        setMissing(formats.length === 0);
        if (formats.length > 0) keep.mutate();
      }}
    >
      <div className={surfaces.stack}>
        <p>{t("reporting.schedule.lead")}</p>
        <Select
          label={t("reporting.schedule.every")}
          value={every}
          onChange={(value) => setEvery(intervals.find((each) => each === value) ?? "monthly")}
          options={intervals.map((value) => ({ value, label: t(`reporting.schedule.every.${value}`) }))}
        />
        <NumberField
          label={t("reporting.schedule.day")}
          hint={t("reporting.schedule.day.hint")}
          value={day}
          onChange={setDay}
          integer
          min={1}
          max={28}
        />
        <Select
          label={t("reporting.schedule.period")}
          value={period}
          onChange={(value) => setPeriod(periodRules.find((each) => each === value) ?? "ended")}
          options={periodRules.map((value) => ({ value, label: t(`reporting.schedule.period.${value}`) }))}
        />
        <Select
          label={t("reporting.schedule.language")}
          value={language}
          onChange={(value) => setLanguage(languages.find((each) => each === value) ?? mine)}
          options={languages.map((value) => ({ value, label: t(`administration.language.${value}`) }))}
        />
        <FieldSet
          legend={t("reporting.schedule.formats")}
          problem={missing && formats.length === 0 ? t("reporting.schedule.formats.none") : null}
        >
          {issueFormats.map((format) => (
            <Checkbox
              key={format}
              label={t(`reporting.download.${format}`)}
              checked={formats.includes(format)}
              onChange={(checked) =>
                setFormats(issueFormats.filter((each) => (each === format ? checked : formats.includes(each))))
              }
            />
          ))}
        </FieldSet>
        <RadioGroup
          legend={t("reporting.publish.for")}
          value={audience}
          onChange={(value) => setAudience(audiences.find((each) => each === value) ?? "own")}
          options={audiences.map((value) => ({ value, label: t(`reporting.schedule.audience.${value}`) }))}
        />
        <FieldSet legend={t("reporting.schedule.to")}>
          <Checkbox label={t("reporting.schedule.folder")} checked={folder} onChange={setFolder} />
          {mail ? (
            <TextArea
              label={t("reporting.schedule.recipients")}
              rows={3}
              value={recipients}
              onChange={setRecipients}
              problem={fieldProblem(text, keep.error, "recipients")}
            />
          ) : (
            <p className={surfaces.muted}>{t("reporting.schedule.mail.none")}</p>
          )}
        </FieldSet>
      </div>
    </FormDialog>
  );
}
