import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { createClient } from "../../../../platform/contract/client.ts";
import type { GeometryValue } from "../../../../platform/contract/fields.ts";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../../platform/ui/AppLink.tsx";
import { Attachments } from "../../../../platform/ui/attachments/Attachments.tsx";
import { buttonClass } from "../../../../platform/ui/Button.tsx";
import { boundsOf } from "../../../../platform/ui/records/bounds.ts";
import type { RecordItem } from "../../../../platform/ui/records/section.ts";
import { Skeleton } from "../../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { Table } from "../../../../platform/ui/Table.tsx";
import { AreaStatement } from "../../../ledger/ui/index.ts";
import { historyRoute } from "../../contract-history.ts";
import { reportPath, reports } from "../client.ts";
import { stateTones } from "../tones.ts";
import { DevicesPanel, QualityPanel, TasksPanel } from "./AroundArea.tsx";
import styles from "./area-panels.module.css";
import { DocumentsPanel } from "./DocumentsPanel.tsx";
import { Answer, Panel } from "./Panel.tsx";
import { ShapeThumb } from "./ShapeThumb.tsx";
import { type AreaKey, useAreaReports } from "./use-area.ts";

const AreaVersions = lazy(() => import("./AreaVersions.tsx").then((m) => ({ default: m.AreaVersions })));
const history = createClient({ history: historyRoute });

function StatementPanel({ country, id }: AreaKey) {
  const { t } = useText();
  const state = useQuery({
    queryKey: ["land-area-state", country, id],
    queryFn: ({ signal }) => reports.area({ params: { country, id } }, { signal }),
  });
  const outline = state.data?.state?.perimeter ?? null;
  const products = state.data?.products ?? [];
  const beside = {
    label: t("area-panels.statement.ground"),
    cell: (about: string) => {
      const pieces = products.flatMap(({ report, geometry }) => (report === about && geometry ? [geometry] : []));
      const depths = [...new Set(products.filter(({ report }) => report === about).map((p) => p.depthCentimetres))];
      return pieces.length === 0 ? null : (
        <span className={surfaces.row}>
          <ShapeThumb outline={outline} pieces={pieces} />
          {depths.map((depth) => depth !== null && <span key={depth}>{t("area-panels.depth", { depth })}</span>)}
        </span>
      );
    },
  };
  return <AreaStatement country={country} area={id} beside={beside} />;
}

function VersionsPanel({ country, id, geometry }: AreaKey & { geometry: GeometryValue | null }) {
  const { t } = useText();
  const bbox = geometry ? boundsOf(geometry, 0.0005) : null;
  const answer = useQuery({
    queryKey: ["land-history", country, bbox],
    enabled: bbox !== null,
    staleTime: 300_000,
    queryFn: ({ signal }) =>
      history.history(
        { query: { country, bbox: (bbox ?? []).map((each) => each.toFixed(6)).join(",") } as never },
        { signal },
      ),
  });
  if (bbox === null) return <p className={`${surfaces.pad} ${surfaces.muted}`}>{t("area-panels.versions.closed")}</p>;
  return (
    <Answer
      query={answer}
      empty={t("area-panels.versions.none")}
      isEmpty={({ areas }) => !areas.some((area) => area.id === id && area.states.length > 0)}
    >
      {(data) => (
        <Suspense
          fallback={
            <div className={surfaces.pad}>
              <Skeleton lines={5} />
            </div>
          }
        >
          <AreaVersions history={data} area={id} />
        </Suspense>
      )}
    </Answer>
  );
}

function ReportsPanel(area: AreaKey) {
  const text = useText();
  const { t, format } = text;
  const list = useAreaReports(area);
  return (
    <Answer query={list} empty={t("area-panels.reports.none")} isEmpty={({ items }) => items.length === 0}>
      {({ items, total }) => (
        <>
          <Table
            caption={t("area-panels.reports")}
            rows={items}
            rowId={({ id }) => id}
            columns={[
              {
                id: "code",
                label: t("land-reports.code"),
                cell: (report) => <AppLink to={reportPath(report)}>{report.code}</AppLink>,
              },
              { id: "type", label: t("land-reports.type"), cell: ({ type }) => text.code("report-type", type) },
              {
                id: "on",
                label: t("land-reports.field.effectiveOn"),
                empty: ({ effectiveOn }) => effectiveOn === null,
                cell: ({ effectiveOn }) =>
                  effectiveOn && <time dateTime={effectiveOn}>{format.date(effectiveOn)}</time>,
              },
              {
                id: "state",
                label: t("land-reports.state"),
                cell: ({ state }) => <StatusTag {...stateTones[state]}>{text.code("report-state", state)}</StatusTag>,
              },
            ]}
          />
          {total > items.length && (
            <p className={surfaces.pad}>
              <AppLink to="/land/reports" search={{ country: area.country, area: area.id, view: "all" }}>
                {t("area-panels.reports.all", { count: total })}
              </AppLink>
            </p>
          )}
        </>
      )}
    </Answer>
  );
}

/** What field reports, the ledger, tasks, quality and finds know about one hazardous area. */
export function AreaPanels({ record }: { record: RecordItem }) {
  const { t } = useText();
  const area: AreaKey = { country: record.country, id: record.id };
  const geometry = (record.geometry as GeometryValue | null | undefined) ?? null;
  const mayReport = useAreaReports(area).data?.allowed.includes("land.report-enter");
  return (
    <div className={surfaces.stack}>
      <Panel
        id="area-statement"
        title={t("ledger.statement")}
        action={
          <AppLink to="/land/ledger" search={{ country: area.country, view: "statement", area: area.id }}>
            {t("area-panels.statement.ledger")}
          </AppLink>
        }
      >
        {() => <StatementPanel {...area} />}
      </Panel>
      <div className={styles.columns}>
        <Panel id="area-versions" title={t("area-panels.versions")}>
          {() => <VersionsPanel {...area} geometry={geometry} />}
        </Panel>
        <Panel
          id="area-reports"
          title={t("area-panels.reports")}
          action={
            mayReport && (
              <AppLink
                to="/land/reports/new"
                search={{ country: area.country, area: area.id }}
                className={buttonClass("plain", true)}
              >
                {t("land-reports.new")}
              </AppLink>
            )
          }
        >
          {() => <ReportsPanel {...area} />}
        </Panel>
        <Panel id="area-devices" title={t("area-panels.devices")}>
          {() => <DevicesPanel {...area} />}
        </Panel>
        <Panel id="area-tasks" title={t("area-panels.tasks")}>
          {() => <TasksPanel {...area} />}
        </Panel>
        <Panel id="area-quality" title={t("area-panels.quality")}>
          {() => <QualityPanel {...area} />}
        </Panel>
        <Panel id="area-documents" title={t("area-panels.documents")}>
          {() => <DocumentsPanel {...area} />}
        </Panel>
      </div>
      <div className={`${surfaces.card} ${surfaces.pad}`}>
        <Attachments owner={{ type: "land.area", country: area.country, owner: area.id }} />
      </div>
    </div>
  );
}
