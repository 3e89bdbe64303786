import { useQuery } from "@tanstack/react-query";
import { createClient } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import { routes } from "../../access-to-care/contract.ts";
import { evidence } from "../contract.ts";

const access = createClient({ analyses: routes.analyses });

/** Chooses an analysis of access to care of the country. */
export function AnalysisSelect(props: {
  country: string;
  value: string;
  problem: string | null;
  onChange: (id: string | null) => void;
}) {
  const text = useText();
  const list = useQuery({
    queryKey: ["studies", "analyses", props.country],
    queryFn: ({ signal }) => access.analyses({ query: { country: props.country } }, { signal }),
  });
  const items = list.data?.items ?? [];
  return (
    <Select
      label={text.field(evidence.name, "analysis")}
      empty={text.t("ui.not-recorded")}
      value={props.value}
      problem={props.problem}
      hint={list.data && items.length === 0 ? text.t("studies.analyses.none") : ""}
      onChange={(id) => props.onChange(id === "" ? null : id)}
      options={items.map(({ id, code, name }) => ({ value: id, label: `${code}: ${name}` }))}
    />
  );
}
