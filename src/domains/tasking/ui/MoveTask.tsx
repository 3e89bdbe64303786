import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { Menu, menuItemClass } from "../../../platform/ui/Menu.tsx";
import { fieldProblem, problemOf } from "../../../platform/ui/problem-text.ts";
import { recordPath } from "../../../platform/ui/records/section.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { task } from "../contract.ts";
import type { TaskStatus } from "../model.ts";
import { tasking } from "./client.ts";
import { tasks } from "./index.ts";

interface Target {
  record: { id: string; country: string; revision: number } & Record<string, unknown>;
  moves: readonly TaskStatus[];
}

/** A menu of the steps that a task may take, each with its reason; works by keyboard and on a phone. */
export function MoveTask({ card, small }: { card: Target; small?: boolean }) {
  const { t, code } = useText();
  const [to, setTo] = useState<TaskStatus | null>(null);
  if (card.moves.length === 0) return null;
  return (
    <>
      <Menu small={small ?? false} start label={t("tasking.move")}>
        {card.moves.map((status) => (
          <button key={status} type="button" className={menuItemClass} onClick={() => setTo(status)}>
            {code("task-status", status)}
          </button>
        ))}
      </Menu>
      {to !== null && <MoveDialog card={card} to={to} onClose={() => setTo(null)} />}
    </>
  );
}

function MoveDialog({ card, to, onClose }: { card: Target; to: TaskStatus; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const toast = useToast();
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const [on, setOn] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const { country, id, revision } = card.record;
  const status = text.code("task-status", to);
  const send = useMutation({
    mutationFn: () =>
      tasking.move({ params: { country, id }, body: { revision, status: to, reason, ...(on ? { on } : {}) } }),
    onSuccess: async () => {
      toast({ text: t("tasking.move.done", { status }) });
      onClose();
      await Promise.all(
        [
          ["tasking"],
          ["record", "tasking.task", country, id],
          ["list", "tasking.task"],
          ["counts", "tasking.task"],
        ].map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
    },
  });
  // What keeps the task itself from moving: its own fields, which are not in this window.
  const lacking = (problemOf(send.error).fields ?? []).filter(({ path }) => path !== "reason" && path !== "on");
  const tooShort = tried && reason.trim().length < 3;
  return (
    <FormDialog
      title={t("tasking.move.title", { code: String(card.record.code), status })}
      onClose={onClose}
      submit={t("tasking.move.send")}
      sending={{ isPending: send.isPending, error: lacking.length > 0 ? null : send.error }}
      onSubmit={() => {
        setTried(true);
        if (reason.trim().length >= 3) send.mutate();
      }}
    >
      {send.isError && lacking.length > 0 && (
        <div className={surfaces.notice} role="alert">
          <Icon name="warning" />
          <div>
            <strong>{t("tasking.move.lacking")}</strong>
            <ul>
              {lacking.map(({ path, code, params }) => (
                <li key={`${path} ${code}`}>
                  {text.field(task.name, path.split(".").at(-1) ?? path)}
                  {": "}
                  {text.first([`problem.${code}`, code, "problem.field.invalid"], params)}
                </li>
              ))}
            </ul>
            <AppLink to={recordPath(tasks, card.record)}>{t("tasking.sheet.record")}</AppLink>
          </div>
        </div>
      )}
      <TextArea
        label={t("tasking.reason")}
        hint={t("tasking.reason.hint")}
        required
        rows={3}
        maxLength={2000}
        value={reason}
        onChange={setReason}
        problem={tooShort ? t("problem.field.too-small") : fieldProblem(text, send.error, "reason")}
      />
      <DateField
        label={t("tasking.move.on")}
        hint={t("tasking.move.on.hint")}
        value={on ? { date: on, precision: "day" } : null}
        onChange={(date) => setOn(date?.date ?? null)}
        problem={fieldProblem(text, send.error, "on")}
      />
    </FormDialog>
  );
}
