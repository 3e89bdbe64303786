import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";

/**
 * What a code list is called: a name of its own where it has one, else the label of the first field that it fills, else
 * its id.
 */
export function useListName(): (list: string) => string {
  const text = useText();
  const { sections } = useRecords();
  return (list) => {
    if (text.has(`codes.page.list.${list}`)) return text.t(`codes.page.list.${list}`);
    for (const { type } of sections.values())
      for (const [name, field] of Object.entries(type.fields))
        if (field.list === list) return text.field(type.name, name);
    return list;
  };
}
