import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { RadioGroup } from "../../../platform/ui/RadioGroup.tsx";
import type { RecordItem } from "../../../platform/ui/records/section.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { chosenPurposes, explainedPurposes, identityParts, partsFor } from "../../data-protection/model.ts";
import { people } from "./client.ts";
import { IdentityForm } from "./IdentityForm.tsx";
import { IdentityParts } from "./IdentityParts.tsx";

type Purpose = (typeof chosenPurposes)[number];

/** An identity that was opened is covered again after so many milliseconds, for screens that are left alone. */
export const coveredAfter = 5 * 60_000;

/** Who somebody is: sealed until it is opened for a purpose, and covered again by leaving, by a click or by time. */
export function IdentityPanel({ record, allowed }: { record: RecordItem; allowed: readonly string[] }) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const [changing, setChanging] = useState(false);
  const { country, id } = record;
  const open = useMutation({
    mutationFn: (body: { purpose: Purpose; note?: string }) => people.open({ params: { country, id }, body }),
    // Kept by this page alone, and only while it is shown.
    gcTime: 0,
    onSuccess: () => setAsking(false),
  });
  const { data, reset } = open;
  useEffect(() => {
    // Whoever types is there; the time begins again when the form is left.
    if (!data || changing) return;
    const timer = setTimeout(reset, coveredAfter);
    return () => clearTimeout(timer);
  }, [data, reset, changing]);
  const state = String(record.identity ?? "none");
  const mayChange = allowed.includes("identity");
  return (
    <section className={surfaces.card} aria-labelledby="identity">
      <div className={surfaces.panelHead}>
        <h2 id="identity">{t("people.identity.title")}</h2>
        {!changing && (
          <div className={surfaces.row}>
            {mayChange && (data || state === "none") && (
              <Button small icon="edit" onClick={() => setChanging(true)}>
                {t(data ? "people.change.start" : "people.change.write")}
              </Button>
            )}
            {data && (
              <Button small icon="lock" onClick={reset}>
                {t("people.identity.cover")}
              </Button>
            )}
            {!data && allowed.includes("open") && (
              <Button small icon="key" onClick={() => setAsking(true)}>
                {t("people.identity.open")}
              </Button>
            )}
          </div>
        )}
      </div>
      <div className={surfaces.pad} aria-live="polite">
        {changing ? (
          <IdentityForm
            record={record}
            identity={data?.identity ?? {}}
            parts={data?.parts ?? identityParts}
            onDone={() => setChanging(false)}
          />
        ) : data ? (
          <IdentityParts identity={data.identity} opened={data.parts} />
        ) : (
          <p className={surfaces.row}>
            <Icon name="lock" />
            <span>
              {t(
                state === "held"
                  ? allowed.includes("open")
                    ? "people.identity.sealed"
                    : "people.identity.not-for-you"
                  : `people.identity.${state}`,
              )}
            </span>
          </p>
        )}
      </div>
      {asking && (
        <OpenDialog
          busy={open.isPending}
          problem={open.error}
          onClose={() => setAsking(false)}
          onOpen={(body) => open.mutate(body)}
        />
      )}
    </section>
  );
}

function OpenDialog(props: {
  busy: boolean;
  problem: unknown;
  onClose: () => void;
  onOpen: (body: { purpose: Purpose; note?: string }) => void;
}) {
  const text = useText();
  const { t, format } = text;
  const [purpose, setPurpose] = useState<Purpose>("case-work");
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const explained = explainedPurposes.includes(purpose);
  const short = explained && note.trim().length < 3;
  return (
    <FormDialog
      title={t("people.open.title")}
      onClose={props.onClose}
      submit={t("people.open.send")}
      icon="key"
      sending={{ isPending: props.busy, error: props.problem }}
      onSubmit={() => {
        setTried(true);
        if (!short) props.onOpen({ purpose, ...(note.trim() ? { note: note.trim() } : {}) });
      }}
    >
      <p>{t("people.open.lead")}</p>
      <RadioGroup
        legend={t("people.open.purpose")}
        value={purpose}
        onChange={(value) => setPurpose(value as Purpose)}
        options={chosenPurposes.map((each) => ({ value: each, label: text.code("opening-purpose", each) }))}
      />
      <p className={surfaces.muted}>
        {t("people.open.shows", {
          parts: format.list(partsFor[purpose].map((part) => text.code("identity-part", part))),
        })}
      </p>
      <TextArea
        label={t(explained ? "people.open.why" : "people.open.note")}
        required={explained}
        rows={2}
        maxLength={2000}
        value={note}
        problem={tried && short ? t("problem.data-protection.note-missing") : null}
        onChange={setNote}
      />
    </FormDialog>
  );
}
