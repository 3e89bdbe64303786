import { CreateRecordPage } from "../../../platform/ui/records/CreateRecordPage.tsx";
import { teams } from "./index.ts";

/** Enters a team. */
export function NewTeamPage() {
  return <CreateRecordPage section={teams} />;
}
