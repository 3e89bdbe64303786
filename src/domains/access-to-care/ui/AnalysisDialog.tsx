import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useGo } from "../../../platform/ui/address.ts";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { needKinds } from "../../services/model.ts";
import { type AnalysisOutput, type Parameters, parameters } from "../contract.ts";
import {
  choosableServices,
  demands,
  minutesPerBin,
  scoreMethods,
  seasons,
  travelModes,
  usualServices,
} from "../model.ts";
import styles from "./access.module.css";
import { access } from "./client.ts";
import { analysisPath } from "./index.ts";
import { SitingFields } from "./SitingFields.tsx";
import { SpeedEditor } from "./SpeedEditor.tsx";

const fresh = (): Parameters => parameters.parse({ services: [...usualServices] });

/** Describes an analysis, or changes one; runs that there are keep what they were asked. */
export function AnalysisDialog({ analysis, onClose }: { analysis: AnalysisOutput | null; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const go = useGo();
  const queries = useQueryClient();
  const [name, setName] = useState(analysis?.name ?? "");
  const [ground, setGround] = useState(analysis ? `${analysis.country} ${analysis.terrain}` : "");
  const [asked, setAsked] = useState(analysis?.parameters ?? fresh);
  const terrains = useQuery({
    queryKey: ["access-to-care", "terrains"],
    queryFn: ({ signal }) => access.terrains({}, { signal }),
  });
  const grounds = (terrains.data?.items ?? []).filter(
    ({ ready, country }) => ready && (!analysis || country === analysis.country),
  );
  const chosen = ground || (grounds[0] ? `${grounds[0].country} ${grounds[0].id}` : "");
  const change = (changes: Partial<Parameters>) => setAsked({ ...asked, ...changes });
  const send = useMutation({
    mutationFn: () => {
      const [country = "", terrain = ""] = chosen.split(" ");
      const body = { name, terrain, parameters: asked };
      return analysis
        ? access.changeAnalysis({
            params: { country: analysis.country, id: analysis.id },
            body: { ...body, version: analysis.version },
          })
        : access.createAnalysis({ body: { ...body, country } });
    },
    onSuccess: async (stored) => {
      await queries.invalidateQueries({ queryKey: ["access-to-care"] });
      onClose();
      if (!analysis) go(analysisPath(stored));
    },
  });
  const minutes = (value: number | null, fallback: number) =>
    value === null
      ? fallback
      : Math.min(480, Math.max(minutesPerBin, Math.round(value / minutesPerBin) * minutesPerBin));
  return (
    <FormDialog
      title={t(analysis ? "access-to-care.analyses.change" : "access-to-care.analyses.add")}
      onClose={onClose}
      submit={t("access-to-care.analyses.save")}
      disabled={chosen === ""}
      sending={send}
      onSubmit={() => send.mutate()}
    >
      <div className={surfaces.stack}>
        <TextField label={t("access-to-care.analyses.name")} value={name} onChange={setName} required />
        <Select
          label={t("access-to-care.report.ground")}
          value={chosen}
          onChange={setGround}
          options={grounds.map((each) => ({ value: `${each.country} ${each.id}`, label: each.name }))}
        />
        <FieldSet legend={t("access-to-care.report.services")}>
          <div className={styles.filters}>
            {choosableServices.map((code) => (
              <Checkbox
                key={code}
                label={text.code("service", code)}
                checked={asked.services.includes(code)}
                onChange={(on) =>
                  change({
                    services: on ? [...asked.services, code] : asked.services.filter((each) => each !== code),
                  })
                }
              />
            ))}
          </div>
        </FieldSet>
        <div className={styles.filters}>
          <NumberField
            integer
            label={t("access-to-care.analyses.threshold")}
            min={minutesPerBin}
            max={480}
            value={asked.threshold}
            onChange={(value) => change({ threshold: minutes(value, asked.threshold) })}
          />
          <Select
            label={t("access-to-care.report.mode")}
            value={asked.mode}
            onChange={(mode) => change({ mode: travelModes.find((each) => each === mode) ?? asked.mode, speeds: null })}
            options={travelModes.map((value) => ({ value, label: text.code("travel-mode", value) }))}
          />
          <Select
            label={t("access-to-care.report.season")}
            value={asked.season}
            onChange={(season) => change({ season: seasons.find((each) => each === season) ?? asked.season })}
            options={seasons.map((value) => ({ value, label: text.code("season", value) }))}
          />
          <Select
            label={t("access-to-care.analyses.demand")}
            value={asked.demand}
            onChange={(demand) => change({ demand: demands.find((each) => each === demand) ?? asked.demand })}
            options={demands.map((value) => ({ value, label: text.code("access-demand", value) }))}
          />
          <Select
            label={t("access-to-care.analyses.method")}
            value={asked.method}
            onChange={(method) => change({ method: scoreMethods.find((each) => each === method) ?? asked.method })}
            options={scoreMethods.map((value) => ({ value, label: text.code("score-method", value) }))}
          />
          <NumberField
            integer
            label={t("access-to-care.analyses.uncertainty")}
            min={0}
            max={60}
            value={asked.uncertainty}
            onChange={(value) => change({ uncertainty: value ?? 0 })}
          />
          <NumberField
            integer
            label={t("access-to-care.analyses.coarsen")}
            hint={t("access-to-care.analyses.coarsen.hint")}
            min={1}
            max={64}
            value={asked.coarsen}
            onChange={(value) => change({ coarsen: value ?? 1 })}
          />
        </div>
        {asked.demand === "needs" && (
          <FieldSet legend={t("access-to-care.analyses.needs")} hint={t("access-to-care.analyses.needs.hint")}>
            <div className={styles.filters}>
              {needKinds.map((kind) => (
                <Checkbox
                  key={kind}
                  label={text.code("need-kind", kind)}
                  checked={asked.needs.includes(kind)}
                  onChange={(on) =>
                    change({ needs: on ? [...asked.needs, kind] : asked.needs.filter((each) => each !== kind) })
                  }
                />
              ))}
            </div>
          </FieldSet>
        )}
        <SitingFields asked={asked} change={change} />
        <SpeedEditor mode={asked.mode} value={asked.speeds} onChange={(speeds) => change({ speeds })} />
        <Checkbox
          label={t("access-to-care.explorer.hazards")}
          hint={t("access-to-care.explorer.hazards.hint")}
          checked={asked.hazards}
          onChange={(hazards) => change({ hazards })}
        />
      </div>
    </FormDialog>
  );
}
