import { CreateRecordPage } from "../../../platform/ui/records/CreateRecordPage.tsx";
import { accidents } from "./index.ts";

/** Reports an accident. It is a draft at first; its casualties are entered on its own page. */
export function NewAccidentPage() {
  return <CreateRecordPage section={accidents} />;
}
