import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { routeUrl } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import { Tabs } from "../../../platform/ui/Tabs.tsx";
import { type GroupResult, type Results, type RunOutput, routes, type UnitResult } from "../contract.ts";
import styles from "./access.module.css";
import { access, peopleText, type References, unitName } from "./client.ts";
import { FindingList } from "./FindingList.tsx";
import { differenceText } from "./outside-columns.ts";

const formats = ["csv", "geojson", "gpkg", "tif", "json"] as const;

/** The results of a run: figures, tables of units, places for more, method, inputs, and all of it as files. */
export function RunResults({ country, id }: { country: string; id: string }) {
  const text = useText();
  const { t } = text;
  const found = useQuery({
    queryKey: ["access-to-care", "run", country, id, text.language],
    queryFn: ({ signal }) => access.getRun({ params: { country, id }, query: { language: text.language } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [tab, setTab] = useState("units");
  if (found.isPending) return <Skeleton lines={8} />;
  if (found.isError) return <ErrorState problem={found.error} onRetry={() => void found.refetch()} />;
  const { run, references, method } = found.data;
  const { results } = run;
  if (!results) return null;
  const params = { country, id };
  return (
    <section className={surfaces.stack} aria-label={t("access-to-care.results.title")}>
      <div className={surfaces.row}>
        <a
          className={buttonClass("primary")}
          href={routeUrl(routes.report, params, { language: text.language })}
          target="_blank"
          rel="noreferrer"
        >
          <Icon name="file" />
          <span>{t("access-to-care.results.report")}</span>
        </a>
        {formats.map((format) => (
          <a
            key={format}
            className={buttonClass()}
            href={routeUrl(routes.download, params, { format, ...(format === "tif" ? { hazards: true } : {}) })}
            download
          >
            {t(`access-to-care.results.format.${format}`)}
          </a>
        ))}
      </div>
      <Totals results={results} />
      <FindingList findings={results.findings} />
      <Tabs
        label={t("access-to-care.results.title")}
        value={tab}
        onChange={setTab}
        tabs={[
          { id: "units", label: t("access-to-care.report.gaps"), content: <Units {...{ results, references }} /> },
          ...(results.groups.length === 0
            ? []
            : [
                {
                  id: "groups",
                  label: t("access-to-care.report.groups"),
                  content: <Groups {...{ results, references }} />,
                },
              ]),
          { id: "siting", label: t("access-to-care.report.siting"), content: <Places {...{ results, references }} /> },
          {
            id: "method",
            label: t("access-to-care.report.method"),
            content: (
              <div className={styles.method}>
                {method.map((words) => (
                  <p key={words}>{words}</p>
                ))}
              </div>
            ),
          },
          { id: "inputs", label: t("access-to-care.report.inputs"), content: <Inputs run={run} /> },
        ]}
      />
    </section>
  );
}

function Totals({ results }: { results: Results }) {
  const text = useText();
  const { t, format } = text;
  const { total, threshold } = results;
  const figures: [label: string, value: string][] = [
    [t("access-to-care.report.people-counted"), peopleText(text, total.population)],
    [t("access-to-care.explorer.outside", { minutes: threshold }), peopleText(text, total.outside)],
    [t("access-to-care.report.share"), format.percent(total.share ?? 0)],
    ...(total.contamination === null
      ? []
      : [
          [t("access-to-care.report.people-contamination"), differenceText(format.number, total.contamination)] as [
            string,
            string,
          ],
        ]),
    ...(total.band === null
      ? []
      : [[t("access-to-care.report.people-band"), bandText(text, total.band)] as [string, string]]),
  ];
  return (
    <dl className={`${surfaces.card} ${surfaces.pad} ${styles.figures}`}>
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const bandText = (text: Parameters<typeof peopleText>[0], band: { low: number; high: number }) =>
  `${peopleText(text, band.low)}–${peopleText(text, band.high)}`;

function Units({ results, references }: { results: Results; references: References }) {
  const text = useText();
  const { t, format } = text;
  const columns: Column<UnitResult>[] = [
    { id: "unit", label: t("access-to-care.report.unit"), cell: ({ unit }) => unitName(text, references, unit) },
    {
      id: "level",
      label: t("access-to-care.explorer.level"),
      cell: ({ level }) => t(`access-to-care.explorer.level.${level === 1 ? 1 : 2}`),
    },
    {
      id: "people",
      label: t("access-to-care.report.people"),
      numeric: true,
      cell: ({ population }) => peopleText(text, population),
    },
    {
      id: "outside",
      label: t("access-to-care.report.outside", { minutes: results.threshold }),
      numeric: true,
      cell: ({ outside }) => peopleText(text, outside),
    },
    {
      id: "share",
      label: t("access-to-care.report.share"),
      numeric: true,
      cell: ({ share }) => format.percent(share ?? 0),
    },
    ...(results.total.contamination === null
      ? []
      : [
          {
            id: "contamination",
            label: t("access-to-care.report.contamination"),
            numeric: true,
            cell: ({ contamination }: UnitResult) => differenceText(format.number, contamination ?? 0),
          },
        ]),
    ...(results.total.band === null
      ? []
      : [
          {
            id: "band",
            label: t("access-to-care.report.band"),
            numeric: true,
            cell: ({ band }: UnitResult) => (band ? bandText(text, band) : ""),
          },
        ]),
    {
      id: "score",
      label: t("access-to-care.report.score"),
      numeric: true,
      cell: ({ score }) => format.number(score, 2),
    },
  ];
  return (
    <Table
      caption={t("access-to-care.explorer.table", { minutes: results.threshold })}
      columns={columns}
      rows={results.units}
      rowId={({ unit, level }) => `${level} ${unit}`}
    />
  );
}

function Groups({ results, references }: { results: Results; references: References }) {
  const text = useText();
  const { t, format } = text;
  const columns: Column<GroupResult>[] = [
    { id: "group", label: t("access-to-care.report.group"), cell: ({ group }) => text.code("access-group", group) },
    {
      id: "unit",
      label: t("access-to-care.report.unit"),
      cell: ({ unit }) => (unit === null ? t("access-to-care.report.all-units") : unitName(text, references, unit)),
    },
    {
      id: "people",
      label: t("access-to-care.report.people"),
      numeric: true,
      cell: ({ population }) => peopleText(text, population),
    },
    {
      id: "outside",
      label: t("access-to-care.report.outside", { minutes: results.threshold }),
      numeric: true,
      cell: ({ outside }) => peopleText(text, outside),
    },
    {
      id: "share",
      label: t("access-to-care.report.share"),
      numeric: true,
      cell: ({ share }) => format.percent(share ?? 0),
    },
    {
      id: "score",
      label: t("access-to-care.report.score"),
      numeric: true,
      cell: ({ score }) => format.number(score, 2),
    },
  ];
  return (
    <Table
      caption={t("access-to-care.report.groups")}
      columns={columns}
      rows={results.groups}
      rowId={({ group, unit }) => `${group} ${unit}`}
    />
  );
}

function Places({ results, references }: { results: Results; references: References }) {
  const text = useText();
  const { t, format } = text;
  type Place = Results["siting"][number];
  const columns: Column<Place>[] = [
    { id: "unit", label: t("access-to-care.report.unit"), cell: ({ unit }) => unitName(text, references, unit) },
    {
      id: "place",
      label: t("access-to-care.report.place"),
      cell: ({ latitude, longitude }) => `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`,
    },
    {
      id: "kind",
      label: t("access-to-care.report.site"),
      cell: ({ code }) => (code === null ? t("access-to-care.report.new-site") : code),
    },
    ...(results.siting.every(({ cost }) => cost === null)
      ? []
      : [
          {
            id: "cost",
            label: t("access-to-care.report.cost"),
            numeric: true,
            cell: ({ cost }: Place) => (cost === null ? "" : format.number(cost)),
          },
        ]),
    {
      id: "people",
      label: t("access-to-care.report.siting-caption", { minutes: results.threshold }),
      numeric: true,
      cell: ({ people }) => peopleText(text, people),
    },
  ];
  return (
    <div className={surfaces.stack}>
      <Table
        caption={t("access-to-care.report.siting")}
        columns={columns}
        rows={results.siting}
        rowId={({ latitude, longitude }) => `${latitude} ${longitude}`}
      />
      {results.total.after !== null && <After results={results} references={references} />}
    </div>
  );
}

/** Who is outside today, and who still would be with all proposed services, by first-level unit. */
function After({ results, references }: { results: Results; references: References }) {
  const text = useText();
  const { t, format } = text;
  type Unit = Results["units"][number];
  const columns: Column<Unit>[] = [
    { id: "unit", label: t("access-to-care.report.unit"), cell: ({ unit }) => unitName(text, references, unit) },
    {
      id: "today",
      label: t("access-to-care.report.today"),
      numeric: true,
      cell: ({ outside }) => peopleText(text, outside),
    },
    {
      id: "after",
      label: t("access-to-care.report.after"),
      numeric: true,
      cell: ({ after }) => peopleText(text, after ?? 0),
    },
    {
      id: "change",
      label: t("access-to-care.report.change"),
      numeric: true,
      cell: ({ outside, after }) => differenceText(format.number, (after ?? 0) - outside),
    },
    {
      id: "share",
      label: t("access-to-care.report.share-after"),
      numeric: true,
      cell: ({ population, after }) => format.percent(population > 0 ? (after ?? 0) / population : 0),
    },
  ];
  return (
    <>
      <h3>{t("access-to-care.report.after-caption")}</h3>
      <Table
        caption={t("access-to-care.report.after-caption")}
        columns={columns}
        rows={results.units.filter(({ level }) => level === 1)}
        rowId={({ unit }) => `${unit}`}
      />
    </>
  );
}

function Inputs({ run }: { run: RunOutput }) {
  const text = useText();
  const { t, format } = text;
  type Input = RunOutput["inputs"][number];
  const columns: Column<Input>[] = [
    { id: "name", label: t("access-to-care.report.input"), cell: ({ name }) => t(`access-to-care.input.${name}`) },
    { id: "version", label: t("access-to-care.report.version"), cell: ({ version }) => version },
    {
      id: "records",
      label: t("access-to-care.report.records"),
      numeric: true,
      empty: ({ records }) => records === null,
      cell: ({ records }) => format.number(records ?? 0),
    },
    {
      id: "sha256",
      label: t("access-to-care.report.sha256"),
      cell: ({ sha256 }) => <span className={styles.hash}>{sha256.slice(0, 16)}</span>,
    },
  ];
  return (
    <div className={surfaces.stack}>
      <p className={surfaces.muted}>{t("access-to-care.report.inputs-caption")}</p>
      <Table
        caption={t("access-to-care.report.inputs")}
        columns={columns}
        rows={run.inputs}
        rowId={({ name }) => name}
      />
    </div>
  );
}
