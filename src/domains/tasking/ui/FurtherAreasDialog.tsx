import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { IconButton } from "../../../platform/ui/IconButton.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { useRecordTitle, useTarget } from "../../../platform/ui/records/records-context.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { task } from "../contract.ts";
import { tasking } from "./client.ts";

/** One chosen area with its name, asked for when nothing told it yet. */
function Chosen(props: { country: string; area: string; name: string; onRemove: () => void }) {
  const { t } = useText();
  const section = useTarget({ kind: "record", of: "land.area" });
  const { title } = useRecordTitle(section, props.country, props.name === "" ? props.area : null);
  const shown = props.name || title || t("ui.loading");
  return (
    <li className={surfaces.row}>
      <span>{shown}</span>
      <IconButton icon="close" small label={t("tasking.areas.remove", { area: shown })} onClick={props.onRemove} />
    </li>
  );
}

/** Sets the further areas of a task, with a reason. */
export function FurtherAreasDialog(props: {
  task: { country: string; id: string; code: string };
  areas: readonly string[];
  name: (area: string) => string;
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const { country, id, code } = props.task;
  const queries = useQueryClient();
  const [areas, setAreas] = useState<readonly string[]>(props.areas);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const field = task.fields.area;
  const send = useMutation({
    mutationFn: () => tasking.furtherAreas({ params: { country, id }, body: { areas: [...areas], reason } }),
    onSuccess: async () => {
      props.onClose();
      await queries.invalidateQueries({ queryKey: ["tasking", "sheet", country, id] });
    },
  });
  return (
    <FormDialog
      title={t("tasking.areas.title", { code })}
      onClose={props.onClose}
      submit={t("tasking.areas.send")}
      sending={send}
      onSubmit={() => {
        setTried(true);
        if (reason.trim().length >= 3) send.mutate();
      }}
    >
      {areas.length === 0 ? (
        <p className={surfaces.muted}>{t("tasking.areas.none")}</p>
      ) : (
        <ul>
          {areas.map((area) => (
            <Chosen
              key={area}
              country={country}
              area={area}
              name={props.name(area)}
              onRemove={() => setAreas(areas.filter((other) => other !== area))}
            />
          ))}
        </ul>
      )}
      {field && (
        <RecordPicker
          key={areas.length}
          label={t("tasking.areas.add")}
          field={field}
          country={country}
          value=""
          onChange={(area) => {
            if (area !== "" && !areas.includes(area)) setAreas([...areas, area]);
          }}
        />
      )}
      <TextArea
        label={t("tasking.reason")}
        required
        rows={2}
        maxLength={2000}
        value={reason}
        onChange={setReason}
        problem={
          tried && reason.trim().length < 3 ? t("problem.field.too-small") : fieldProblem(text, send.error, "reason")
        }
      />
    </FormDialog>
  );
}
