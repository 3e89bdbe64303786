import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { Form } from "../../ui/Form.tsx";
import { fieldProblem } from "../../ui/problem-text.ts";
import surfaces from "../../ui/surfaces.module.css";
import { TextField } from "../../ui/TextField.tsx";
import { useToast } from "../../ui/Toast.tsx";
import { access, useRefresh } from "./client.ts";
import { Section } from "./Section.tsx";

/** A new password, against the current one. */
export function PasswordSection() {
  const text = useText();
  const { t } = text;
  const toast = useToast();
  const refresh = useRefresh("own-sessions");
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => access.changePassword({ body: { current, next } }),
    onSuccess: async () => {
      setCurrent("");
      setNext("");
      toast({ text: t("access.password.changed") });
      await refresh();
    },
  });
  return (
    <Section title={t("access.password")} lead={t("access.password.lead")}>
      <div className={surfaces.narrow}>
        <Form onSubmit={() => change.mutate()} problem={change.error}>
          <TextField
            label={t("access.password.current")}
            type="password"
            autoComplete="current-password"
            required
            value={current}
            onChange={setCurrent}
          />
          <TextField
            label={t("access.password.new")}
            hint={t("access.password.hint")}
            type="password"
            autoComplete="new-password"
            required
            value={next}
            onChange={setNext}
            problem={fieldProblem(text, change.error, "next")}
          />
          <div>
            <Button type="submit" tone="primary" busy={change.isPending}>
              {t("access.password.change")}
            </Button>
          </div>
        </Form>
      </div>
    </Section>
  );
}
