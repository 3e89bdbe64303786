import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { routeUrl } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState, ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { FileDrop } from "../../../platform/ui/FileDrop.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { useCountryName, useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { routes, type TerrainOutput } from "../contract.ts";
import { layerNames, neededLayers } from "../model.ts";
import styles from "./access.module.css";
import { access } from "./client.ts";
import { FindingList } from "./FindingList.tsx";
import { explorerPath } from "./index.ts";
import { sendLayer } from "./send-layer.ts";

/** Ground that can be computed on, with what it is made of and what is wrong with it. */
export function GroundPage() {
  const { t } = useText();
  const [adding, setAdding] = useState(false);
  const list = useQuery({
    queryKey: ["access-to-care", "terrains"],
    queryFn: ({ signal }) => access.terrains({}, { signal }),
  });
  const mayAdd = list.data?.allowed.includes("run") ?? false;
  return (
    <>
      <PageHeader
        title={t("access-to-care.ground.title")}
        crumbs={[{ label: t("access-to-care.explorer.title"), to: explorerPath }]}
        lead={t("access-to-care.ground.lead")}
        actions={
          mayAdd && (
            <Button tone="primary" icon="add" onClick={() => setAdding(true)}>
              {t("access-to-care.ground.add")}
            </Button>
          )
        }
      />
      <div className={surfaces.stack}>
        {list.isPending && <Skeleton lines={6} />}
        {list.isError && <ErrorState problem={list.error} onRetry={() => void list.refetch()} />}
        {list.data?.items.length === 0 && <EmptyState icon="area" title={t("access-to-care.explorer.no-ground")} />}
        {list.data?.items.map((terrain) => (
          <GroundCard key={terrain.id} terrain={terrain} mayAdd={mayAdd} />
        ))}
      </div>
      {adding && <NewGround onClose={() => setAdding(false)} />}
    </>
  );
}

function GroundCard({ terrain, mayAdd }: { terrain: TerrainOutput; mayAdd: boolean }) {
  const text = useText();
  const { t, format } = text;
  const countryName = useCountryName();
  const heading = useId();
  const queries = useQueryClient();
  const [layer, setLayer] = useState<(typeof layerNames)[number]>("land-cover");
  const [resample, setResample] = useState(false);
  const { country, id, name, kind, source, grid, memory, ready, findings, layers } = terrain;
  const send = useMutation({
    mutationFn: (file: File) =>
      sendLayer(routeUrl(routes.uploadLayer, { country, id, layer }, { name: file.name, resample }), file),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["access-to-care", "terrains"] }),
  });
  return (
    <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby={heading}>
      <div className={`${surfaces.row} ${surfaces.spread}`}>
        <h2 id={heading}>{name}</h2>
        <StatusTag {...(ready ? { tone: "good", pattern: "solid" } : { tone: "warn", pattern: "half" })}>
          {t(ready ? "access-to-care.ground.ready" : "access-to-care.ground.not-ready")}
        </StatusTag>
      </div>
      <p className={surfaces.muted}>
        {countryName(country)} · {t(`access-to-care.ground.kind.${kind}`)}
        {grid && (
          <>
            {" · "}
            {t("access-to-care.ground.grid", {
              columns: grid.columns,
              rows: grid.rows,
              cell: Math.round(grid.cellWidth),
              epsg: grid.epsg ?? 0,
            })}
          </>
        )}
        {memory && (
          <>
            {" · "}
            {t(memory.coarsen > 1 ? "access-to-care.ground.memory-too-much" : "access-to-care.ground.memory", memory)}
          </>
        )}
      </p>
      {source && <p>{t("access-to-care.ground.from", { source })}</p>}
      {kind === "files" && (
        <ul className={styles.layers} aria-label={t("access-to-care.ground.files", { name })}>
          {layerNames.map((each) => {
            const file = layers.find(({ layer: known }) => known === each);
            const needed = neededLayers.some((known) => known === each);
            return (
              <li key={each}>
                <span>{text.code("terrain-layer", each)}</span>
                <span className={`${surfaces.muted} ${surfaces.small}`}>
                  {file
                    ? `${file.fileName} · ${format.bytes(file.size)}`
                    : t(needed ? "access-to-care.ground.needed" : "access-to-care.ground.optional")}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      <FindingList findings={findings} />
      {mayAdd && kind === "files" && (
        <div className={surfaces.stack}>
          <div className={styles.send}>
            <Select
              label={t("access-to-care.ground.layer")}
              value={layer}
              onChange={(value) => setLayer(layerNames.find((each) => each === value) ?? layer)}
              options={layerNames.map((value) => ({ value, label: text.code("terrain-layer", value) }))}
            />
            <Checkbox label={t("access-to-care.ground.resample")} checked={resample} onChange={setResample} />
          </div>
          <FileDrop
            label={t("access-to-care.ground.send", { layer: text.code("terrain-layer", layer) })}
            accept=".tif,.tiff,.geojson,.json"
            onFiles={([file]) => file && send.mutate(file)}
          />
          {send.isPending && <p aria-live="polite">{t("access-to-care.ground.sending")}</p>}
          {send.isError && <ProblemNotice problem={send.error} />}
        </div>
      )}
    </section>
  );
}

function NewGround({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { countries, home } = useRecords();
  const queries = useQueryClient();
  const [country, setCountry] = useState(home ?? [...countries.keys()][0] ?? "");
  const [name, setName] = useState("");
  const [source, setSource] = useState("");
  const send = useMutation({
    mutationFn: () => access.createTerrain({ body: { country, name, source: source || null } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["access-to-care", "terrains"] });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("access-to-care.ground.add")}
      onClose={onClose}
      submit={t("access-to-care.analyses.save")}
      sending={send}
      onSubmit={() => send.mutate()}
    >
      <div className={surfaces.stack}>
        <CountrySelect value={country} onChange={setCountry} />
        <TextField label={t("access-to-care.analyses.name")} value={name} onChange={setName} required />
        <TextField label={t("access-to-care.ground.source")} value={source} onChange={setSource} />
      </div>
    </FormDialog>
  );
}
