import { useQueryClient } from "@tanstack/react-query";
import { CreateRecordPage } from "../../../platform/ui/records/CreateRecordPage.tsx";
import { progressEntries, sheetPath } from "./index.ts";

/** Enters a day of a team on a task. The organisation is the team's, so nobody types it. */
export function NewProgressPage() {
  const queries = useQueryClient();
  return (
    <CreateRecordPage
      section={progressEntries}
      leaveOut={["organisation"]}
      then={({ country, task }) => {
        // The task's page and the board count this day too.
        void queries.invalidateQueries({ queryKey: ["tasking"] });
        return sheetPath({ country, id: String(task) });
      }}
    />
  );
}
