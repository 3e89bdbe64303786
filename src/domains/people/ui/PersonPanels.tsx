import { useQuery } from "@tanstack/react-query";
import { useOwnSession } from "../../../platform/access/ui/client.ts";
import type { RecordItem } from "../../../platform/ui/records/section.ts";
import { clientOf } from "../../../platform/ui/records/section.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { AssessmentPanel } from "../../assessments/ui/index.ts";
import { CasesPanel } from "../../assistance/ui/index.ts";
import { ProtectionPanel } from "../../data-protection/ui/index.ts";
import { person } from "../contract.ts";
import { ErasePanel } from "./ErasePanel.tsx";
import { IdentityPanel } from "./IdentityPanel.tsx";
import { persons } from "./index.ts";
import { MergePanel } from "./MergePanel.tsx";

/** What stands below the facts of a person: the sealed identity, cases, what was asked, consents and requests, merged records. */
export function PersonPanels({ record }: { record: RecordItem }) {
  const { country, id } = record;
  const session = useOwnSession();
  // The page itself has asked for this already: the answer is shared.
  const answer = useQuery({
    queryKey: ["record", person.name, country, id],
    queryFn: ({ signal }) => clientOf(persons).get({ params: { country, id } }, { signal }),
  });
  const allowed = answer.data?.allowed ?? [];
  return (
    <div className={surfaces.stack}>
      <IdentityPanel key={`${id} ${record.revision}`} record={record} allowed={allowed} />
      {session.data?.rights.includes("assistance.read") && <CasesPanel country={country} person={id} />}
      {session.data?.rights.includes("assessments.read") && <AssessmentPanel country={country} person={id} />}
      {allowed.includes("identity") && <ErasePanel record={record} />}
      {session.data?.rights.includes("data-protection.consents") && <ProtectionPanel country={country} person={id} />}
      <MergePanel record={record} allowed={allowed} />
    </div>
  );
}
