import { type ComponentType, type FocusEvent, useState } from "react";
import { flushSync } from "react-dom";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { FindingOutput, ReportOutput } from "../contract.ts";
import type { ReportType } from "../model.ts";
import type { BlockProps } from "./blocks/block.ts";
import { DevicesBlock } from "./blocks/DevicesBlock.tsx";
import { EvidenceBlock } from "./blocks/EvidenceBlock.tsx";
import { FilesBlock } from "./blocks/FilesBlock.tsx";
import { GroundBlock } from "./blocks/GroundBlock.tsx";
import { HandoverBlock } from "./blocks/HandoverBlock.tsx";
import { HeaderBlock } from "./blocks/HeaderBlock.tsx";
import { InspectionBlock } from "./blocks/InspectionBlock.tsx";
import { MonitoringBlock } from "./blocks/MonitoringBlock.tsx";
import { ResidualBlock } from "./blocks/ResidualBlock.tsx";
import { NotesBlock, ReasonBlock } from "./blocks/WordsBlocks.tsx";
import { WorkBlock } from "./blocks/WorkBlock.tsx";
import { ClashNotice } from "./ClashNotice.tsx";
import { ErrorSummary } from "./ErrorSummary.tsx";
import { FindingsList } from "./FindingsList.tsx";
import { Anchor } from "./fields.tsx";
import { anchorsOf, findingAt, findingText, isShown, leadTo } from "./findings.ts";
import { type Section, sectionsOf } from "./form-sections.ts";
import type { ReportForm as Form } from "./report-form.ts";
import styles from "./reports.module.css";
import { useReportCheck } from "./use-report-check.ts";
import { useReportDraft } from "./use-report-draft.ts";
import { type AfterSaving, useReportSaving } from "./use-report-saving.ts";

/** The blocks that need nothing beyond what every block takes. */
const plainBlocks: Readonly<Record<Exclude<Section, "parts">, ComponentType<BlockProps>>> = {
  work: WorkBlock,
  evidence: EvidenceBlock,
  devices: DevicesBlock,
  inspection: InspectionBlock,
  handover: HandoverBlock,
  residual: ResidualBlock,
  monitoring: MonitoringBlock,
  reason: ReasonBlock,
  notes: NotesBlock,
};

/**
 * The form of a report: what its type needs, checked while it is typed and kept on this device until it is stored. A
 * field says what is wrong once somebody has been there; after an attempt to hand in, everything that keeps it from being
 * handed in stands at the top. When somebody else stored the same report meanwhile, what only they changed is taken over
 * and the rest stays as typed.
 */
export function ReportForm(props: {
  /** Whose draft it is: people who share a device do not share drafts. */
  account: string;
  type: ReportType;
  country: string;
  initial: Form;
  /** The stored report, when there is one. */
  stored: ReportOutput | null;
  corrects: string | null;
}) {
  const text = useText();
  const { t } = text;
  const { type, country, stored, corrects } = props;
  const about = stored?.report.id ?? ["new", type, corrects, props.initial.area, props.initial.task].join("/");
  const name = `land.report/${props.account}/${country}/${about}`;
  const draft = useReportDraft(name, props.initial, stored);
  const { form } = draft;
  const check = useReportCheck({ country, type, corrects, stored: stored?.report.id ?? null, form });
  const save = useReportSaving({ country, type, corrects, stored, draft, words: check.words });
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  // What came back was handed in before: its reader wants to see what is still wrong.
  const [attempt, setAttempt] = useState(0);
  const [opened, setOpened] = useState<string | null>(null);
  const everything = attempt > 0 || stored?.report.state === "returned";
  const shown = check.findings.filter((finding) => everything || isShown(finding, visited));
  const errors = check.findings.filter(({ severity }) => severity === "error");
  const held = check.findings.length - shown.length;

  const problem = (field: string, part: string | null = null) => {
    // What is only to be looked at stands in the list below; a field is marked for what must be mended.
    const found = findingAt(
      shown.filter(({ severity }) => severity === "error"),
      field,
      part,
    );
    return found ? findingText(text, found) : null;
  };
  const leave = (event: FocusEvent<HTMLFormElement>) => {
    const place = event.target.closest<HTMLElement>("[data-field]");
    const field = place?.dataset.field;
    if (!place || !field || visited.has(field) || place.contains(event.relatedTarget)) return;
    setVisited(new Set([...visited, field]));
  };
  const lead = (finding: FindingOutput) => {
    // A closed piece of ground opens first: what is wrong stands inside.
    if (finding.part) flushSync(() => setOpened(finding.part));
    leadTo(anchorsOf(finding));
  };
  const send = (then: AfterSaving) => {
    const unreadable = document.querySelector<HTMLElement>("form [data-unreadable]");
    const [gap] = check.gaps;
    if (unreadable) unreadable.focus();
    else if (then === "submit" && errors.length > 0) setAttempt(attempt + 1);
    else if (gap) {
      setVisited(new Set([...visited, gap.field]));
      leadTo([gap.field]);
    } else save.mutate(then);
  };

  const block: BlockProps = { form, type, country, change: draft.change, problem };
  const contentOf = (section: Section) => {
    if (section === "parts") return <GroundBlock {...block} opened={opened} onOpened={setOpened} />;
    const Block = plainBlocks[section];
    return <Block {...block} />;
  };
  return (
    <form
      className={styles.form}
      noValidate
      onBlur={leave}
      onSubmit={(event) => {
        event.preventDefault();
        send("show");
      }}
    >
      {draft.restored && (
        <div className={surfaces.row}>
          <p className={surfaces.muted}>{t("ui.draft.restored")}</p>
          <Button small tone="quiet" onClick={draft.clear}>
            {t("ui.draft.drop")}
          </Button>
        </div>
      )}
      {attempt > 0 && errors.length > 0 && <ErrorSummary errors={errors} attempt={attempt} onLead={lead} />}
      <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="block-header">
        <h2 id="block-header">{t("land-reports.block.header")}</h2>
        <HeaderBlock {...block} />
        {corrects !== null && (
          <Anchor name="voids">
            <Checkbox
              label={t("land-reports.field.voids")}
              checked={form.voids}
              onChange={(voids) => draft.change({ voids })}
            />
          </Anchor>
        )}
      </section>
      {sectionsOf(type, form.suspends, form.voids).map((section) => (
        <section
          key={section}
          className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}
          aria-labelledby={`block-${section}`}
        >
          <h2 id={`block-${section}`}>{t(`land-reports.block.${section}`)}</h2>
          {contentOf(section)}
        </section>
      ))}
      <div className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}>
        <FilesBlock
          country={country}
          stored={stored?.report.id ?? null}
          busy={save.isPending}
          onStore={() => send("edit")}
        />
      </div>
      {draft.clashes.length > 0 && <ClashNotice draft={draft} />}
      {save.isError && draft.clashes.length === 0 && <ProblemNotice problem={save.error} />}
      <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="block-findings">
        <h2 id="block-findings">{t("land-reports.findings")}</h2>
        {check.error !== null && <ProblemNotice problem={check.error} onRetry={() => void check.again()} />}
        {shown.length > 0 && <FindingsList findings={shown} onLead={lead} />}
        <p className={surfaces.muted} role="status">
          {held > 0
            ? t("land-reports.findings.to-fill", { count: held })
            : errors.length === 0 && check.current && t("land-reports.findings.ready")}
        </p>
      </section>
      <div className={styles.foot}>
        <p className={`${surfaces.muted} ${surfaces.small}`} role="status">
          {t(!draft.touched ? "land-reports.kept.nothing" : draft.kept ? "land-reports.kept" : "land-reports.kept.not")}
        </p>
        <div className={surfaces.row}>
          <Button type="submit" busy={save.isPending}>
            {t("land-reports.save")}
          </Button>
          <Button tone="primary" busy={save.isPending} onClick={() => send("submit")}>
            {t("land-reports.save-and-submit")}
          </Button>
        </div>
      </div>
    </form>
  );
}
