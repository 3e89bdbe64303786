import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { languages } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { languageTable } from "../../../platform/i18n/languages.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { type ConsentPurpose, consentPurposes } from "../model.ts";
import { protection } from "./client.ts";
import styles from "./protection.module.css";

type Wording = Awaited<ReturnType<typeof protection.wordings>>["items"][number];

/** What people are asked, word for word, by purpose. A purpose without a wording cannot be agreed to. */
export function WordingsTab({ country }: { country: string }) {
  const text = useText();
  const { t, format } = text;
  const [changing, setChanging] = useState<ConsentPurpose | null>(null);
  const answer = useQuery({
    queryKey: ["data-protection", "wordings", country],
    queryFn: ({ signal }) => protection.wordings({ query: { country } }, { signal }),
  });
  if (answer.isError) return <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton lines={6} />;
  const { items, allowed } = answer.data;
  const of = (purpose: ConsentPurpose) => items.find((each) => each.purpose === purpose);
  return (
    <div className={`${surfaces.stack} ${styles.tab}`}>
      <p className={surfaces.muted}>{t("data-protection.wordings.lead")}</p>
      <div className={surfaces.card}>
        <ul className={styles.list}>
          {consentPurposes.map((purpose) => {
            const wording = of(purpose);
            return (
              <li key={purpose}>
                <div>
                  <h3>{text.code("consent-purpose", purpose)}</h3>
                  {wording ? (
                    <>
                      <p className={surfaces.muted}>
                        {t("data-protection.wording.version", {
                          version: wording.version,
                          date: format.date(wording.recordedAt.slice(0, 10)),
                        })}
                      </p>
                      {languages
                        .filter((language) => wording.texts[language])
                        .map((language) => (
                          <div key={language}>
                            <span className={surfaces.muted}>{languageTable[language].endonym}</span>
                            <p lang={language} className={styles.wording}>
                              {wording.texts[language]}
                            </p>
                          </div>
                        ))}
                    </>
                  ) : (
                    <p className={surfaces.muted}>{t("data-protection.wording.none")}</p>
                  )}
                </div>
                {allowed.includes("change") && (
                  <Button small icon="edit" onClick={() => setChanging(purpose)}>
                    {t(wording ? "data-protection.wording.change" : "data-protection.wording.write")}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      </div>
      {changing && (
        <WordingDialog country={country} purpose={changing} wording={of(changing)} onClose={() => setChanging(null)} />
      )}
    </div>
  );
}

function WordingDialog(props: {
  country: string;
  purpose: ConsentPurpose;
  wording: Wording | undefined;
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const queries = useQueryClient();
  const { country, purpose, wording } = props;
  const [texts, setTexts] = useState<Record<string, string>>(() => ({ ...wording?.texts }));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const filled = Object.fromEntries(
    Object.entries(texts)
      .map(([language, said]) => [language, said.trim()] as const)
      .filter(([, said]) => said !== ""),
  );
  const short = reason.trim().length < 3;
  const send = useMutation({
    mutationFn: () =>
      protection.saveWording({
        body: { country, purpose, version: wording?.version ?? 0, texts: filled, reason: reason.trim() },
      }),
    onSuccess: async () => {
      props.onClose();
      await queries.invalidateQueries({ queryKey: ["data-protection"] });
    },
  });
  return (
    <FormDialog
      title={text.code("consent-purpose", purpose)}
      onClose={props.onClose}
      submit={t("data-protection.save")}
      sending={send}
      onSubmit={() => {
        setTried(true);
        if (!short && Object.keys(filled).length > 0) send.mutate();
      }}
    >
      <p>{t("data-protection.wording.lead")}</p>
      {languages.map((language) => (
        <TextArea
          key={language}
          label={languageTable[language].endonym}
          rows={3}
          maxLength={8000}
          value={texts[language] ?? ""}
          problem={
            tried && Object.keys(filled).length === 0 && language === text.language
              ? t("data-protection.reason.missing")
              : null
          }
          onChange={(said) => setTexts({ ...texts, [language]: said })}
        />
      ))}
      <TextArea
        label={t("data-protection.reason")}
        required
        rows={2}
        maxLength={2000}
        value={reason}
        problem={tried && short ? t("data-protection.reason.missing") : null}
        onChange={setReason}
      />
    </FormDialog>
  );
}
