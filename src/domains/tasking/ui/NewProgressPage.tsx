import { CreateRecordPage } from "../../../platform/ui/records/CreateRecordPage.tsx";
import { progressEntries, sheetPath } from "./index.ts";

/** Enters a day of a team on a task. The organisation is the team's, so nobody types it. */
export function NewProgressPage() {
  return (
    <CreateRecordPage
      section={progressEntries}
      leaveOut={["organisation"]}
      then={({ country, task }) => sheetPath({ country, id: String(task) })}
    />
  );
}
