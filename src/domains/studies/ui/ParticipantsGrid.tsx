import { useMutation } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { Form } from "../../../platform/ui/Form.tsx";
import { problemOf } from "../../../platform/ui/problem-text.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { parseTypedNumber } from "../../../platform/ui/typed-values.ts";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import { consultation } from "../contract.ts";
import type { Sheet } from "../contract-work.ts";
import { sectors, totalOf } from "../model.ts";
import { type Item, type OfStudy, useRefreshStudies, work } from "./client.ts";
import styles from "./studies.module.css";

const columns = ["women", "men", "sexUnknown", "withDisability"] as const;
type Column = (typeof columns)[number];
type Sector = (typeof sectors)[number];
type Cells = Partial<Record<Sector, Partial<Record<Column, string>>>>;

const read = (typed: string | undefined) => parseTypedNumber(typed ?? "", { integer: true, min: 0, max: 100_000 });

/** The counts that were typed, by sector; a cell that cannot be read counts as nothing and keeps the grid from being sent. */
export function countsOf(cells: Cells): {
  counts: Sheet["consultations"][number]["participants"];
  unreadable: boolean;
} {
  let unreadable = false;
  const counts = sectors.map((sector) => {
    const numbers = columns.map((column) => {
      const value = read(cells[sector]?.[column]);
      if (!value.ok) unreadable = true;
      return value.ok ? (value.value ?? 0) : 0;
    });
    const [women = 0, men = 0, sexUnknown = 0, withDisability = 0] = numbers;
    return { sector, women, men, sexUnknown, withDisability };
  });
  return { counts: counts.filter((count) => columns.some((column) => count[column] > 0)), unreadable };
}

/** Enter goes down a column, as in a table of figures; at its foot to the top of the next. */
function moveOn(event: KeyboardEvent<HTMLTableElement>) {
  const cells = [...event.currentTarget.querySelectorAll<HTMLInputElement>("input")];
  const at = cells.indexOf(event.target as HTMLInputElement);
  const wide = columns.length;
  const last = cells.length - 1;
  const down = at + wide <= last ? at + wide : (at % wide) + 1 < wide ? (at % wide) + 1 : -1;
  const next = { Enter: down, ArrowDown: at + wide, ArrowUp: at - wide }[event.key];
  if (next === undefined || at < 0) return;
  event.preventDefault();
  cells[next]?.focus();
  cells[next]?.select();
}

/** Who came, counted by sector, sex and disability, with sums that follow what is typed. */
export function ParticipantsGrid(props: {
  study: OfStudy;
  item: Item;
  participants: Sheet["consultations"][number]["participants"];
}) {
  const text = useText();
  const { t, format } = text;
  const { study, item } = props;
  const toast = useToast();
  const refresh = useRefreshStudies();
  const [start] = useState(() => ({
    cells: Object.fromEntries(
      props.participants.map(({ sector, ...count }) => [
        sector,
        Object.fromEntries(columns.filter((name) => count[name] > 0).map((name) => [name, String(count[name])])),
      ]),
    ) as Cells,
    reason: "",
  }));
  const draft = useDraft(`studies/participants/${item.id}`, start);
  const [tried, setTried] = useState(false);
  const { cells, reason } = draft.value;
  const { counts, unreadable } = countsOf(cells);
  const sum = totalOf(counts);
  const counted = typeof item.participants === "number";
  const short = counted && reason.trim().length < 3;
  const save = useMutation({
    mutationFn: () =>
      work.saveConsultation({
        params: study,
        body: {
          changed: { id: item.id, revision: item.revision, reason: counted ? reason : t("studies.workshop.counted") },
          // The total is made of the sectors; whoever came is there, so it was held.
          values: { participants: sum.total, ...(item.status === "held" ? {} : { status: "held" }) } as never,
          participants: counts,
        },
      }),
    onSuccess: async () => {
      draft.clear();
      toast({ text: t("ui.create.done") });
      await refresh();
    },
  });
  const wrongSector = problemOf(save.error ?? null).fields?.find(({ path }) => path.startsWith("participants."));
  return (
    <Form
      draft={draft}
      problem={save.error ?? undefined}
      onSubmit={() => {
        setTried(true);
        if (!unreadable && !short && counts.length > 0) save.mutate();
      }}
    >
      <p className={surfaces.muted}>{t("studies.workshop.people.lead")}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard. */}
      <section className={styles.grid} aria-label={t("studies.workshop.people")} tabIndex={0}>
        <table onKeyDown={moveOn}>
          <thead>
            <tr>
              <th scope="col">{text.field("studies.recommendation", "sector")}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {text.field(consultation.name, column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sectors.map((sector) => (
              <tr key={sector}>
                <th scope="row">{text.code("study-sector", sector)}</th>
                {columns.map((column) => {
                  const typed = cells[sector]?.[column] ?? "";
                  const wrong = !read(typed).ok || wrongSector?.path === `participants.${sector}`;
                  return (
                    <td key={column}>
                      <input
                        aria-label={`${text.code("study-sector", sector)}: ${text.field(consultation.name, column)}`}
                        aria-invalid={wrong || undefined}
                        inputMode="numeric"
                        autoComplete="off"
                        value={typed}
                        onChange={({ target }) =>
                          draft.set((before) => ({
                            ...before,
                            cells: { ...before.cells, [sector]: { ...before.cells[sector], [column]: target.value } },
                          }))
                        }
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("studies.workshop.total", { count: format.number(sum.total) })}</th>
              {columns.map((column) => (
                <td key={column} className="numeric">
                  {format.number(sum[column])}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </section>
      {tried && unreadable && <p role="alert">{t("ui.number.unreadable")}</p>}
      {tried && !unreadable && counts.length === 0 && <p role="alert">{t("studies.workshop.people.none")}</p>}
      {counted && (
        <TextArea
          label={t("ui.correct.reason")}
          required
          rows={2}
          maxLength={2000}
          value={reason}
          onChange={(next) => draft.set((before) => ({ ...before, reason: next }))}
          problem={tried && short ? t("problem.field.too-small") : null}
        />
      )}
      <div>
        <Button tone="primary" type="submit" icon="check" busy={save.isPending}>
          {t("studies.workshop.people.send")}
        </Button>
      </div>
    </Form>
  );
}
