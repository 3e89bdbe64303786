import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { task } from "../contract.ts";
import { nameOf, type References, tasking } from "./client.ts";
import { sheetPath, tasks } from "./index.ts";
import { MoveTask } from "./MoveTask.tsx";
import styles from "./tasking.module.css";
import { taskTones } from "./tones.ts";

type Column = Awaited<ReturnType<typeof tasking.board>>["columns"][number];
type Card = Column["cards"][number];

function TaskCard({ card, references }: { card: Card; references: References }) {
  const text = useText();
  const { t, format } = text;
  const record = card.record as Record<string, unknown> & { id: string; country: string; revision: number };
  const planned = typeof record.plannedSquareMetres === "number" ? record.plannedSquareMetres : null;
  const organisation = nameOf(text, references, record.organisation);
  return (
    <li className={styles.card}>
      <AppLink to={sheetPath(record)}>
        <strong>{String(record.code)}</strong>
      </AppLink>
      {typeof record.title === "string" && <span>{record.title}</span>}
      <span className={surfaces.muted}>
        {[text.code("task-kind", String(record.kind)), organisation].filter(Boolean).join(" · ")}
      </span>
      {card.overdue && typeof record.deadline === "string" ? (
        <StatusTag tone="bad">{t("tasking.overdue-since", { date: format.date(record.deadline) })}</StatusTag>
      ) : (
        typeof record.deadline === "string" && (
          <span className={surfaces.muted}>{t("tasking.until", { date: format.date(record.deadline) })}</span>
        )
      )}
      {planned !== null && planned > 0 && (
        <span className={`${styles.meter} ${styles.share}`} aria-hidden="true">
          <span style={{ inlineSize: `${Math.min(1, card.processedSquareMetres / planned) * 100}%` }} />
        </span>
      )}
      {(planned !== null || card.processedSquareMetres > 0) && (
        <span className={surfaces.muted}>
          {planned === null
            ? t("tasking.processed", { done: text.area(card.processedSquareMetres) })
            : t("tasking.processed-of", {
                done: text.area(card.processedSquareMetres),
                planned: text.area(planned),
              })}
        </span>
      )}
      <div>
        <MoveTask card={{ ...card, record }} small />
      </div>
    </li>
  );
}

function BoardColumn({ column, references }: { column: Column; references: References }) {
  const { t, code } = useText();
  const [search] = useAddress();
  const { status, total, cards } = column;
  const id = `column-${status}`;
  return (
    <section className={styles.column} aria-labelledby={id} data-empty={total === 0 || undefined}>
      <h2 id={id} className={styles.columnHead}>
        <StatusTag {...taskTones[status]}>{code("task-status", status)}</StatusTag>
        <span className="numeric">{total}</span>
      </h2>
      {cards.length > 0 && (
        <ul className={styles.cards}>
          {cards.map((card) => (
            <TaskCard key={String(card.record.id)} card={card} references={references} />
          ))}
        </ul>
      )}
      {total > cards.length && (
        <AppLink
          to={tasks.path}
          search={{
            "filter.status": status,
            ...(search.organisation ? { "filter.organisation": search.organisation } : {}),
          }}
        >
          {t("tasking.board.more", { count: total - cards.length })}
        </AppLink>
      )}
    </section>
  );
}

/** Task orders by status, the most urgent first, each with the steps that it may take. */
export function TaskBoardPage() {
  const text = useText();
  const { t } = text;
  const [search, setSearch] = useAddress();
  const { home } = useRecords();
  const country = search.country ?? home ?? undefined;
  const { organisation, unit, overdue } = search;
  const query = {
    ...(country ? { country } : {}),
    ...(organisation ? { organisation } : {}),
    ...(unit ? { unit } : {}),
    overdue: overdue === "true" ? "true" : "false",
  };
  const board = useQuery({
    queryKey: ["tasking", "board", query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => tasking.board({ query }, { signal }),
  });
  const columns = board.data?.columns ?? [];
  const none = board.data !== undefined && columns.every(({ total }) => total === 0);
  const allowed = board.data?.allowed ?? [];
  const filtered = organisation !== undefined || unit !== undefined || overdue === "true";
  const picker = (name: "organisation" | "unit") => {
    const field = task.fields[name];
    return (
      field && (
        <RecordPicker
          label={text.field(task.name, name)}
          field={field}
          country={country}
          value={search[name] ?? ""}
          onChange={(value) => setSearch(changeSearch(search, { [name]: value || undefined }))}
        />
      )
    );
  };
  const newTask = (
    <AppLink to="/tasking/tasks/new" className={buttonClass("primary")}>
      <Icon name="add" />
      <span>{t("tasking.new-task")}</span>
    </AppLink>
  );
  return (
    <>
      <PageHeader
        title={t("tasking.board.title")}
        lead={t("tasking.board.lead")}
        actions={
          <>
            {allowed.includes("report") && (
              <AppLink to="/tasking/progress/new" className={buttonClass()}>
                <Icon name="add" />
                <span>{t("tasking.new-progress")}</span>
              </AppLink>
            )}
            {allowed.includes("manage") && (
              <AppLink to="/tasking/teams/new" className={buttonClass()}>
                <Icon name="add" />
                <span>{t("tasking.new-team")}</span>
              </AppLink>
            )}
            {allowed.includes("manage") && newTask}
          </>
        }
      />
      <div className={surfaces.stack}>
        <search className={styles.filters}>
          {picker("organisation")}
          {picker("unit")}
          <Checkbox
            label={t("tasking.board.overdue")}
            checked={overdue === "true"}
            onChange={(checked) => setSearch(changeSearch(search, { overdue: checked ? "true" : undefined }))}
          />
        </search>
        {board.isPending && <Skeleton lines={8} />}
        {board.isError && <ErrorState problem={board.error} onRetry={() => void board.refetch()} />}
        {none && (
          <div className={surfaces.card}>
            <EmptyState
              icon="event"
              title={t(filtered ? "tasking.board.none-match" : "tasking.board.none")}
              actions={allowed.includes("manage") && newTask}
            >
              {t(filtered ? "tasking.board.none-match.hint" : "tasking.board.none.hint")}
            </EmptyState>
          </div>
        )}
        {!none && columns.length > 0 && (
          <section
            className={styles.board}
            aria-label={t("tasking.board.columns")}
            aria-busy={board.isFetching}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard.
            tabIndex={0}
          >
            {columns.map((column) => (
              <BoardColumn key={column.status} column={column} references={board.data?.references ?? {}} />
            ))}
          </section>
        )}
      </div>
    </>
  );
}
