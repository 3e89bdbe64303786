import { usePath } from "../../../platform/ui/address.ts";
import { CreateRecordPage } from "../../../platform/ui/records/CreateRecordPage.tsx";
import { newPath, sections } from "./index.ts";

/** Enters a programme, a project or anything that belongs to one; the address says which, and may bring its project. */
export function NewResultPage() {
  const path = usePath();
  const section = sections.find((each) => newPath(each) === path) ?? sections[0];
  return section ? <CreateRecordPage key={section.path} section={section} /> : null;
}
