import { CreateRecordPage } from "../../../platform/ui/records/CreateRecordPage.tsx";
import { sheetPath, tasks } from "./index.ts";

/** Makes a task order. It is planned at first; issuing it is a step of its own. */
export function NewTaskPage() {
  return <CreateRecordPage section={tasks} then={sheetPath} />;
}
