import { CreateRecordPage } from "../../../platform/ui/records/CreateRecordPage.tsx";
import { studySection } from "./client.ts";
import { studyPath } from "./index.ts";

/** Begins a study: what is asked, by whom. What it finds is entered on its page. */
export function NewStudyPage() {
  return <CreateRecordPage section={studySection} then={studyPath} />;
}
