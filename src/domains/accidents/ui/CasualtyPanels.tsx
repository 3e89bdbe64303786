import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { FieldValue } from "../../../platform/ui/records/FieldValue.tsx";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { clientOf, type RecordItem } from "../../../platform/ui/records/section.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { casualty } from "../contract.ts";
import { casualtyClient } from "./client.ts";
import { casualties } from "./index.ts";

/** Which person a casualty is, for who may know: said, changed or taken back with a reason. */
export function CasualtyPanels({ record }: { record: RecordItem }) {
  const { t } = useText();
  const { country, id } = record;
  const [linking, setLinking] = useState(false);
  // The page itself has asked for this already: the answer is shared.
  const answer = useQuery({
    queryKey: ["record", casualty.name, country, id],
    queryFn: ({ signal }) => clientOf(casualties).get({ params: { country, id } }, { signal }),
  });
  if (!answer.data?.allowed.includes("link")) return null;
  const linked = (record.person ?? null) !== null;
  return (
    <section className={surfaces.card} aria-labelledby="person">
      <div className={surfaces.panelHead}>
        <h2 id="person">{t("accidents.link.title")}</h2>
        <Button small icon="person" onClick={() => setLinking(true)}>
          {t(linked ? "accidents.link.change" : "accidents.link.say")}
        </Button>
      </div>
      <div className={surfaces.pad}>
        {linked ? (
          <FieldValue type={casualty} name="person" record={record} />
        ) : (
          <p className={surfaces.muted}>{t("accidents.link.none")}</p>
        )}
      </div>
      {linking && <LinkDialog record={record} onClose={() => setLinking(false)} />}
    </section>
  );
}

function LinkDialog({ record, onClose }: { record: RecordItem; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const toast = useToast();
  const queries = useQueryClient();
  const { country, id, revision } = record;
  const before = typeof record.person === "string" ? record.person : "";
  const [person, setPerson] = useState(before);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const send = useMutation({
    mutationFn: () =>
      casualtyClient.link({
        params: { country, id },
        body: { revision, person: person || null, reason: reason.trim() },
      }),
    onSuccess: async () => {
      toast({ text: t("accidents.link.done") });
      onClose();
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["record", casualty.name, country, id] }),
        queries.invalidateQueries({ queryKey: ["history"] }),
        queries.invalidateQueries({ queryKey: ["accident-report"] }),
      ]);
    },
  });
  const { person: field } = casualty.fields;
  const short = reason.trim().length < 3;
  return (
    <FormDialog
      title={t("accidents.link.title")}
      onClose={onClose}
      submit={t("accidents.link.save")}
      sending={send}
      onSubmit={() => {
        setTried(true);
        if (!short && person !== before) send.mutate();
      }}
    >
      <p>{t("accidents.link.lead")}</p>
      {field && (
        <RecordPicker
          label={text.field(casualty.name, "person")}
          field={field}
          country={country}
          value={person}
          problem={
            tried && person === before
              ? t("accidents.link.same")
              : (fieldProblem(text, send.error, "person") ?? fieldProblem(text, send.error, "sex"))
          }
          onChange={setPerson}
        />
      )}
      {before !== "" && person !== "" && (
        <div>
          <Button small onClick={() => setPerson("")}>
            {t("accidents.link.nobody")}
          </Button>
        </div>
      )}
      <TextArea
        label={t("accidents.reason")}
        required
        rows={2}
        maxLength={2000}
        value={reason}
        problem={tried && short ? t("problem.field.required") : null}
        onChange={setReason}
      />
    </FormDialog>
  );
}
