import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type Language, languages } from "../../contract/fields.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { languageTable } from "../../i18n/languages.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { fieldProblem } from "../../ui/problem-text.ts";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { access, useRefresh } from "./client.ts";
import { emptyGrant, GrantFields, grantOf } from "./GrantFields.tsx";
import { ShownOnce } from "./ShownOnce.tsx";

/** Makes an account with a first role and shows the link to hand over. */
export function InviteDialog(props: { countries: readonly string[] | null; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const refresh = useRefresh("accounts");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [language, setLanguage] = useState("");
  const [grant, setGrant] = useState({ ...emptyGrant, country: props.countries?.[0] ?? "" });
  const invite = useMutation({
    mutationFn: () =>
      access.invite({
        body: { name, email: email.trim(), language: (language || null) as Language | null, grants: [grantOf(grant)] },
      }),
    onSuccess: refresh,
  });
  const problem = (field: string) => fieldProblem(text, invite.error, field);
  const made = invite.data;
  if (made)
    return (
      <Dialog
        open
        title={t("access.invite")}
        onClose={props.onClose}
        actions={
          <Button tone="primary" onClick={props.onClose}>
            {t("ui.close")}
          </Button>
        }
      >
        <ShownOnce
          title={t("access.link.ready", { name: made.account.name })}
          hint={t("access.link.hint", { until: text.format.dateTime(made.expiresAt) })}
          value={made.link}
        />
      </Dialog>
    );
  return (
    <FormDialog
      title={t("access.invite")}
      onClose={props.onClose}
      submit={t("access.invite.make")}
      sending={invite}
      onSubmit={() => invite.mutate()}
    >
      <TextField label={t("field.name")} required value={name} onChange={setName} problem={problem("name")} />
      <TextField
        label={t("access.email")}
        type="email"
        required
        value={email}
        onChange={setEmail}
        problem={problem("email")}
      />
      <Select
        label={t("access.language")}
        value={language}
        onChange={setLanguage}
        empty={t("access.language.any")}
        options={languages.map((code) => ({ value: code, label: languageTable[code].endonym }))}
      />
      <GrantFields value={grant} onChange={setGrant} countries={props.countries} />
    </FormDialog>
  );
}
