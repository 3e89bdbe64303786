import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type Language, languages } from "../../contract/fields.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { languageTable } from "../../i18n/languages.ts";
import { Button } from "../../ui/Button.tsx";
import { Form } from "../../ui/Form.tsx";
import { fieldProblem } from "../../ui/problem-text.ts";
import { Select } from "../../ui/Select.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { TextField } from "../../ui/TextField.tsx";
import { useToast } from "../../ui/Toast.tsx";
import type { SessionInfo } from "../contract.ts";
import { access, useRefresh } from "./client.ts";
import { Section } from "./Section.tsx";

/** Name and language. */
export function ProfileSection({ account }: { account: NonNullable<SessionInfo["account"]> }) {
  const text = useText();
  const { t } = text;
  const toast = useToast();
  const refresh = useRefresh("session");
  const [name, setName] = useState(account.name);
  const [language, setLanguage] = useState<string>(account.language ?? "");
  const save = useMutation({
    mutationFn: () => access.changeProfile({ body: { name, language: (language || null) as Language | null } }),
    onSuccess: async () => {
      await refresh();
      if (language !== "" && language !== text.language) text.setLanguage(language as Language);
      toast({ text: t("access.saved") });
    },
  });
  return (
    <Section title={t("access.profile")}>
      <div className={surfaces.narrow}>
        <Form onSubmit={() => save.mutate()} problem={save.error}>
          <TextField
            label={t("access.name")}
            autoComplete="name"
            required
            value={name}
            onChange={setName}
            problem={fieldProblem(text, save.error, "name")}
          />
          <Select
            label={t("access.language")}
            value={language}
            onChange={setLanguage}
            empty={t("access.language.any")}
            options={languages.map((code) => ({ value: code, label: languageTable[code].endonym }))}
          />
          <div>
            <Button type="submit" tone="primary" busy={save.isPending}>
              {t("access.save")}
            </Button>
          </div>
        </Form>
      </div>
    </Section>
  );
}
