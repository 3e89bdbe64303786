import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { Dialog } from "../../../platform/ui/Dialog.tsx";
import { Form } from "../../../platform/ui/Form.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { quality } from "./client.ts";
import { blankFinding, FindingFields, sentFinding } from "./FindingFields.tsx";

/** Raises a non-conformity of a visit that is recorded already. */
export function RaiseDialog({ visit, onClose }: { visit: { country: string; id: string }; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const form = useId();
  const queries = useQueryClient();
  const [typed, setTyped] = useState(blankFinding);
  const [tried, setTried] = useState(false);
  const send = useMutation({
    mutationFn: () => quality.raise({ params: visit, body: sentFinding(typed) }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ["quality"] });
    },
  });
  return (
    <Dialog
      open
      title={t("quality.raise")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" form={form} tone="primary" busy={send.isPending}>
            {t("ui.create.send")}
          </Button>
        </>
      }
    >
      <Form
        id={form}
        problem={send.error}
        onSubmit={() => {
          setTried(true);
          if (typed.description.trim().length >= 3) send.mutate();
        }}
      >
        <FindingFields
          value={typed}
          onChange={setTyped}
          tried={tried}
          problemOf={(field) => fieldProblem(text, send.error, field)}
        />
      </Form>
    </Dialog>
  );
}
