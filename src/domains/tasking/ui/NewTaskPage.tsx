import { useQueryClient } from "@tanstack/react-query";
import { CreateRecordPage } from "../../../platform/ui/records/CreateRecordPage.tsx";
import { sheetPath, tasks } from "./index.ts";

/** Makes a task order. It is planned at first; issuing it is a step of its own. */
export function NewTaskPage() {
  const queries = useQueryClient();
  return (
    <CreateRecordPage
      section={tasks}
      then={(task) => {
        void queries.invalidateQueries({ queryKey: ["tasking"] });
        return sheetPath(task);
      }}
    />
  );
}
