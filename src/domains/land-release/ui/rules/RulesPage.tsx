import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../../platform/ui/address.ts";
import { Button } from "../../../../platform/ui/Button.tsx";
import { DateField } from "../../../../platform/ui/DateField.tsx";
import { Dialog } from "../../../../platform/ui/Dialog.tsx";
import { ErrorState, ProblemNotice } from "../../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../../platform/ui/PageHeader.tsx";
import { CountrySelect } from "../../../../platform/ui/records/CountrySelect.tsx";
import { useRecords } from "../../../../platform/ui/records/records-context.ts";
import { Skeleton } from "../../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../../platform/ui/Toast.tsx";
import type { RulesBody, RulesOutput } from "../../contract-land.ts";
import { defaultRules } from "../../model.ts";
import { reports } from "../client.ts";
import { useCountry } from "../use-country.ts";
import { RulesForm } from "./RulesForm.tsx";
import { RulesView } from "./RulesView.tsx";
import { changedRules, unfinished } from "./rules-difference.ts";

const usual: RulesBody = {
  ...defaultRules,
  transitions: defaultRules.transitions.map((step) => ({ ...step, status: [...step.status] })),
  confirms: [...defaultRules.confirms],
  suspects: [...defaultRules.suspects],
  landClasses: [],
};

/** Asks for the reason and the day of a new version, with the difference that it makes before the eyes. */
function ConfirmRules(props: {
  country: string;
  answer: RulesOutput;
  before: RulesBody;
  rules: RulesBody;
  onClose: () => void;
  onStored: (answer: RulesOutput) => void;
}) {
  const { t } = useText();
  const { country, answer, before, rules } = props;
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const [validFrom, setValidFrom] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const store = useMutation({
    mutationFn: () =>
      reports.putRules({
        params: { country },
        body: { version: answer.version, rules, validFrom, reason: reason.trim() },
      }),
    onSuccess: props.onStored,
  });
  const early = validFrom !== null && validFrom < today;
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t("land-rules.confirm", { version: answer.version + 1 })}
      actions={
        <>
          <Button onClick={props.onClose}>{t("ui.cancel")}</Button>
          <Button
            tone="primary"
            busy={store.isPending}
            disabled={reason.trim().length < 3 || early}
            onClick={() => store.mutate()}
          >
            {t("land-rules.store")}
          </Button>
        </>
      }
    >
      <div className={surfaces.stack}>
        <p>{t("land-rules.confirm.lead")}</p>
        <RulesView rules={rules} before={before} only={changedRules(before, rules)} />
        <DateField
          label={t("land-rules.valid-from")}
          hint={t("land-rules.valid-from.hint")}
          problem={early ? t("land-rules.valid-from.early") : null}
          value={validFrom ? { date: validFrom, precision: "day" } : null}
          onChange={(value) => setValidFrom(value?.date ?? null)}
        />
        <TextArea
          label={t("land-rules.reason")}
          required
          rows={3}
          maxLength={2000}
          value={reason}
          onChange={setReason}
        />
        {store.isError && <ProblemNotice problem={store.error} />}
      </div>
    </Dialog>
  );
}

function Versions({ answer }: { answer: RulesOutput }) {
  const { t, format } = useText();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a version that was just stored is not from a later day
  const now = useMemo(() => Date.now(), [answer]);
  if (answer.versions.length === 0)
    return <p className={`${surfaces.pad} ${surfaces.muted}`}>{t("land-rules.versions.none")}</p>;
  const current = answer.versions.find(({ from }) => Date.parse(from) <= now)?.version;
  return (
    <ol className={`${surfaces.pad} ${surfaces.stack}`}>
      {answer.versions.map(({ version, from, reason, rules }, at) => {
        const before = answer.versions[at + 1]?.rules ?? usual;
        const changed = changedRules(before, rules);
        return (
          <li key={version}>
            <details>
              <summary>
                {t("land-rules.version", { version, date: format.date(from) })}{" "}
                {version === current && (
                  <StatusTag tone="good" pattern="solid">
                    {t("land-rules.in-force")}
                  </StatusTag>
                )}
                {Date.parse(from) > now && (
                  <StatusTag tone="info" pattern="hollow">
                    {t("land-rules.coming")}
                  </StatusTag>
                )}
              </summary>
              {reason && <p>{reason}</p>}
              {changed.length === 0 ? (
                <p className={surfaces.muted}>{t("land-rules.nothing-changed")}</p>
              ) : (
                <RulesView rules={rules} before={before} only={changed} />
              )}
            </details>
          </li>
        );
      })}
    </ol>
  );
}

function Rules({ country, answer }: { country: string; answer: RulesOutput }) {
  const { t, format } = useText();
  const queries = useQueryClient();
  const toast = useToast();
  // A version that waits for its day is what the next one is made from.
  const newest = answer.versions[0]?.rules ?? answer.rules;
  const [draft, setDraft] = useState<RulesBody | null>(null);
  const [asking, setAsking] = useState(false);
  const changed = draft ? changedRules(newest, draft) : [];
  const missing = draft ? unfinished(draft) : [];
  const different = changedRules(usual, answer.rules);
  const stored = (next: RulesOutput) => {
    queries.setQueryData(["land-rules", country], next);
    setAsking(false);
    setDraft(null);
    toast({ text: t("land-rules.stored", { version: next.version }) });
  };
  return (
    <div className={surfaces.stack}>
      <section className={surfaces.card} aria-labelledby="rules-now">
        <div className={surfaces.panelHead}>
          <h2 id="rules-now">{t(draft ? "land-rules.change" : "land-rules.now")}</h2>
          {!draft && answer.allowed.includes("change") && (
            <Button icon="edit" onClick={() => setDraft(structuredClone(newest))}>
              {t("land-rules.new-version")}
            </Button>
          )}
        </div>
        <div className={`${surfaces.pad} ${surfaces.stack}`}>
          {draft ? (
            <>
              <RulesForm rules={draft} onChange={setDraft} />
              {missing.length > 0 && (
                <p role="alert">
                  {t("land-rules.unfinished", {
                    parts: format.list(missing.map((name) => t(`land-rules.rule.${name}`))),
                  })}
                </p>
              )}
              <div className={surfaces.row}>
                <Button
                  tone="primary"
                  disabled={changed.length === 0 || missing.length > 0}
                  onClick={() => setAsking(true)}
                >
                  {t("land-rules.look", { count: changed.length })}
                </Button>
                <Button onClick={() => setDraft(structuredClone(usual))}>{t("land-rules.as-default")}</Button>
                <Button tone="quiet" onClick={() => setDraft(null)}>
                  {t("ui.cancel")}
                </Button>
              </div>
            </>
          ) : (
            <>
              <p className={surfaces.muted}>
                {different.length === 0
                  ? t("land-rules.as-usual")
                  : t("land-rules.marked", { count: different.length })}
              </p>
              <RulesView rules={answer.rules} before={usual} />
            </>
          )}
        </div>
      </section>
      <section className={surfaces.card} aria-labelledby="rules-versions">
        <div className={surfaces.panelHead}>
          <h2 id="rules-versions">{t("land-rules.versions")}</h2>
        </div>
        <Versions answer={answer} />
      </section>
      {asking && draft && (
        <ConfirmRules
          country={country}
          answer={answer}
          before={newest}
          rules={draft}
          onClose={() => setAsking(false)}
          onStored={stored}
        />
      )}
    </div>
  );
}

/** The national rules of land release: what is in force, how it differs from the usual, every version, and a new one. */
export function RulesPage() {
  const text = useText();
  const { t } = text;
  const [search, setSearch] = useAddress();
  const { countries } = useRecords();
  const country = useCountry() ?? [...countries.keys()][0];
  const answer = useQuery({
    queryKey: ["land-rules", country],
    enabled: country !== undefined,
    queryFn: ({ signal }) => reports.rules({ params: { country: country ?? "" } }, { signal }),
  });
  return (
    <>
      <PageHeader
        title={t("land-rules.title")}
        lead={t("land-rules.lead")}
        actions={
          countries.size > 1 &&
          !search.country && (
            <CountrySelect
              label={t("ledger.country")}
              hideLabel
              value={country ?? ""}
              onChange={(value) => setSearch({ ...search, country: value })}
            />
          )
        }
      />
      {answer.isPending && (
        <div className={`${surfaces.card} ${surfaces.pad}`}>
          <Skeleton lines={10} />
        </div>
      )}
      {answer.isError && <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.data && country && <Rules key={country} country={country} answer={answer.data} />}
    </>
  );
}
