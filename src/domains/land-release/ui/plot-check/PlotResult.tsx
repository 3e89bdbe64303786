import { lazy, Suspense, useEffect, useRef } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../../platform/ui/AppLink.tsx";
import { Button } from "../../../../platform/ui/Button.tsx";
import { recordPath, recordTitle } from "../../../../platform/ui/records/section.ts";
import { Skeleton } from "../../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../../platform/ui/Table.tsx";
import { accidents as accidentSection } from "../../../accidents/ui/index.ts";
import { areas as areaSection } from "../../../land/ui/index.ts";
import { reportPath, squareMetresText } from "../client.ts";
import { aroundMetres, boxAround } from "./around.ts";
import { PublishedNote } from "./PublishedNote.tsx";
import styles from "./plot-check.module.css";
import type { PlotAnswer, PlotCheck } from "./use-plot-check.ts";

const PlotMap = lazy(() => import("./PlotMap.tsx").then((m) => ({ default: m.PlotMap })));

type PlotArea = PlotAnswer["areas"][number];

const isOpen = ({ status }: PlotArea) => status !== "closed" && status !== "released";

/** What there is to say first, in the order of how much it matters to whoever stands there. */
function headline({ answer, near }: PlotCheck): keyof typeof tones {
  if (answer.published) return publishedHeadline(answer, answer.published);
  if (answer.areas.some(isOpen)) return "inside";
  if (near.some(isOpen)) return "near";
  if (answer.released.length > 0 || answer.areas.length > 0) return "released";
  // Whoever may not see what is recorded must never read that nothing is.
  return answer.complete ? "nothing" : "closed";
}

const tones = {
  inside: { tone: "bad", pattern: "solid" },
  near: { tone: "warn", pattern: "half" },
  released: { tone: "info", pattern: "stripes" },
  closed: { tone: "warn", pattern: "dots" },
  nothing: { tone: "neutral", pattern: "hollow" },
  "open-about": { tone: "bad", pattern: "half" },
  "released-only": { tone: "info", pattern: "stripes" },
  "nothing-published": { tone: "neutral", pattern: "hollow" },
} as const;

/** What comes first for callers who see only what the country publishes. */
function publishedHeadline(
  { released }: PlotAnswer,
  { level, open }: NonNullable<PlotAnswer["published"]>,
): keyof typeof tones {
  if (open && open.areas > 0) return "open-about";
  if (released.length > 0) return open ? "released" : "released-only";
  return level === "released-and-open" ? "nothing-published" : "closed";
}

/** The answer about a plot, for the screen and for paper: what touches it, what is near, what was released, accidents. */
export function PlotResult({ check, seesPlaces }: { check: PlotCheck; seesPlaces: boolean }) {
  const text = useText();
  const { t, format } = text;
  const heading = useRef<HTMLHeadingElement>(null);
  const { answer, near, accidents, plot, country } = check;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the reader is led to each new answer
  useEffect(() => heading.current?.focus(), [check]);
  const kind = headline(check);
  const none = (part: string) => t(answer.complete ? `plot-check.${part}.none` : "plot-check.none-open");
  const inside = answer.areas.filter(isOpen).reduce((sum, { squareMetres }) => sum + squareMetres, 0);
  const bounds = boxAround(plot, aroundMetres);
  const columns = (overlap: boolean): Column<PlotArea>[] => [
    {
      id: "code",
      label: t("plot-check.source"),
      cell: (area) =>
        area.id ? (
          <AppLink to={recordPath(areaSection, { country, id: area.id })}>{area.code}</AppLink>
        ) : (
          t("plot-check.not-yours")
        ),
    },
    {
      id: "class",
      label: text.field(areaSection.type.name, "areaClass"),
      cell: ({ areaClass }) => (
        <StatusTag {...(areaSection.tones?.areaClass?.[areaClass] ?? { tone: "neutral" })}>
          {text.code("area-class", areaClass)}
        </StatusTag>
      ),
    },
    {
      id: "status",
      label: text.field(areaSection.type.name, "status"),
      cell: ({ status }) => (
        <StatusTag {...(areaSection.tones?.status?.[status] ?? { tone: "neutral" })}>
          {text.code("area-status", status)}
        </StatusTag>
      ),
    },
    {
      id: "since",
      label: t("plot-check.known-since"),
      empty: ({ effectiveOn }) => effectiveOn === null,
      cell: ({ effectiveOn }) => effectiveOn && <time dateTime={effectiveOn}>{format.date(effectiveOn)}</time>,
    },
    ...(overlap
      ? [
          {
            id: "overlap",
            label: t("plot-check.overlap"),
            numeric: true,
            cell: ({ squareMetres }: PlotArea) => squareMetresText(text, squareMetres),
          },
        ]
      : []),
  ];
  const corners = plot.type === "Polygon" ? plot.coordinates.flat() : plot.coordinates.flat(2);
  return (
    <div className={styles.result}>
      <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="plot-answer">
        <div className={`${surfaces.row} ${surfaces.spread}`}>
          <h2 id="plot-answer" ref={heading} tabIndex={-1}>
            {t("plot-check.answer")}
          </h2>
          <Button className={styles.screenOnly} onClick={() => window.print()}>
            {t("plot-check.print")}
          </Button>
        </div>
        <p>
          <StatusTag {...tones[kind]}>
            {t(`plot-check.headline.${kind}`, {
              area: squareMetresText(text, inside),
              metres: aroundMetres,
              count: answer.published?.open?.areas ?? 0,
            })}
          </StatusTag>
        </p>
        <p className={styles.warning}>{t("plot-check.not-safe")}</p>
        <p className={`${surfaces.small} ${surfaces.muted}`}>
          {t("plot-check.asked", {
            area: squareMetresText(text, answer.squareMetres),
            at: format.dateTime(answer.asOf),
          })}{" "}
          {!answer.complete && !answer.published && t("plot-check.incomplete")}
        </p>
        {answer.published && <PublishedNote published={answer.published} />}
      </section>
      {seesPlaces && bounds && (
        <Suspense fallback={<Skeleton lines={6} />}>
          <PlotMap plot={plot} bounds={bounds} country={country} />
        </Suspense>
      )}
      {!answer.published && (
        <section className={surfaces.card} aria-labelledby="plot-inside">
          <div className={`${surfaces.panelHead} ${styles.head}`}>
            <h2 id="plot-inside">{t("plot-check.inside")}</h2>
          </div>
          {answer.areas.length === 0 ? (
            <p className={`${surfaces.pad} ${surfaces.muted}`}>{none("inside")}</p>
          ) : (
            <Table
              caption={t("plot-check.inside")}
              columns={columns(true)}
              rows={answer.areas}
              rowId={(area) => area.id ?? `${area.areaClass} ${area.effectiveOn} ${area.squareMetres}`}
            />
          )}
        </section>
      )}
      <section className={surfaces.card} aria-labelledby="plot-released">
        <div className={`${surfaces.panelHead} ${styles.head}`}>
          <h2 id="plot-released">{t("plot-check.released")}</h2>
        </div>
        {answer.released.length === 0 ? (
          <p className={`${surfaces.pad} ${surfaces.muted}`}>{none("released")}</p>
        ) : (
          <Table
            caption={t("plot-check.released")}
            rows={answer.released}
            rowId={({ kind: how, effectiveOn, reportCode, squareMetres }) =>
              [how, effectiveOn, reportCode, squareMetres].join(" ")
            }
            columns={[
              { id: "how", label: t("plot-check.how"), cell: (part) => t(`ledger.account.${part.kind}`) },
              {
                id: "depth",
                label: t("plot-check.depth"),
                empty: ({ depthCentimetres }) => depthCentimetres === null,
                cell: ({ depthCentimetres }) => t("unit.cm", { value: format.number(depthCentimetres ?? 0) }),
              },
              {
                id: "on",
                label: t("plot-check.released.on"),
                cell: ({ effectiveOn }) => <time dateTime={effectiveOn}>{format.date(effectiveOn)}</time>,
              },
              {
                id: "source",
                label: t("plot-check.source"),
                cell: ({ report, reportCode }) =>
                  report ? (
                    <AppLink to={reportPath({ country, id: report })}>{reportCode}</AppLink>
                  ) : (
                    (reportCode ?? t("plot-check.not-yours"))
                  ),
              },
              ...(answer.published
                ? []
                : [
                    {
                      id: "area",
                      label: t("plot-check.area"),
                      cell: ({ area, areaCode }: PlotAnswer["released"][number]) =>
                        area ? (
                          <AppLink to={recordPath(areaSection, { country, id: area })}>{areaCode}</AppLink>
                        ) : (
                          t("plot-check.not-yours")
                        ),
                    },
                  ]),
              {
                id: "overlap",
                label: t("plot-check.overlap"),
                numeric: true,
                cell: ({ squareMetres }) => squareMetresText(text, squareMetres),
              },
            ]}
          />
        )}
      </section>
      {!answer.published && (
        <section className={surfaces.card} aria-labelledby="plot-near">
          <div className={`${surfaces.panelHead} ${styles.head}`}>
            <h2 id="plot-near">{t("plot-check.near", { metres: aroundMetres })}</h2>
          </div>
          {near.length === 0 ? (
            <p className={`${surfaces.pad} ${surfaces.muted}`}>{none("near")}</p>
          ) : (
            <Table
              caption={t("plot-check.near", { metres: aroundMetres })}
              columns={columns(false)}
              rows={near}
              rowId={(area) => area.id ?? `${area.areaClass} ${area.effectiveOn} ${area.squareMetres}`}
            />
          )}
        </section>
      )}
      <section className={surfaces.card} aria-labelledby="plot-accidents">
        <div className={`${surfaces.panelHead} ${styles.head}`}>
          <h2 id="plot-accidents">{t("plot-check.accidents", { metres: aroundMetres })}</h2>
        </div>
        {accidents === null || accidents.length === 0 ? (
          <p className={`${surfaces.pad} ${surfaces.muted}`}>
            {t(accidents === null ? "plot-check.accidents.closed" : "plot-check.accidents.none")}
          </p>
        ) : (
          <Table
            caption={t("plot-check.accidents", { metres: aroundMetres })}
            rows={accidents}
            rowId={({ id }) => id}
            columns={[
              {
                id: "code",
                label: t("plot-check.source"),
                cell: (accident) => (
                  <AppLink to={recordPath(accidentSection, accident)}>
                    {recordTitle(accidentSection, accident, text)}
                  </AppLink>
                ),
              },
              {
                id: "on",
                label: text.field(accidentSection.type.name, "occurredOn"),
                empty: ({ occurredOn }) => typeof occurredOn !== "string",
                cell: ({ occurredOn }) => (typeof occurredOn === "string" ? format.date(occurredOn) : ""),
              },
              {
                id: "device",
                label: text.field(accidentSection.type.name, "device"),
                empty: ({ device }) => typeof device !== "string",
                cell: ({ device }) => (typeof device === "string" ? text.code("ordnance-category", device) : ""),
              },
            ]}
          />
        )}
      </section>
      <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="plot-corners">
        <h2 id="plot-corners">{t("plot-check.corners")}</h2>
        <ol className={styles.corners}>
          {corners.slice(0, -1).map(([lon = 0, lat = 0], at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: corners are told apart by their place in the outline alone
            <li key={at}>{`${lat.toFixed(6)}, ${lon.toFixed(6)}`}</li>
          ))}
        </ol>
      </section>
    </div>
  );
}
