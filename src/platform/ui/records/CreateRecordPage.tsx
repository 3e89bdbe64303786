import { useText } from "../../i18n/I18nProvider.tsx";
import { addressOf, useAddress, useGo } from "../address.ts";
import { PageHeader } from "../PageHeader.tsx";
import surfaces from "../surfaces.module.css";
import { useToast } from "../Toast.tsx";
import { CreateRecordForm } from "./CreateRecordForm.tsx";
import { initialValues } from "./initial-values.ts";
import { type RecordItem, type RecordSection, recordPath } from "./section.ts";

/**
 * The page on which a record of any type is entered; the address may bring values, `?country=KHM&value.kind=clearance`.
 * @param props.then where to go afterwards; to the record's own page when left out
 */
export function CreateRecordPage(props: {
  section: RecordSection;
  leaveOut?: readonly string[];
  then?: (record: RecordItem) => string;
}) {
  const { t } = useText();
  const { section } = props;
  const [search] = useAddress();
  const go = useGo();
  const toast = useToast();
  return (
    <>
      <PageHeader
        title={t("ui.create.title", { record: t(`record.${section.type.name}`) })}
        crumbs={[{ label: t(`records.${section.type.name}`), to: section.path }]}
      />
      <div className={`${surfaces.card} ${surfaces.pad}`}>
        <CreateRecordForm
          section={section}
          country={search.country}
          initial={initialValues(section.type, search)}
          {...(props.leaveOut ? { leaveOut: props.leaveOut } : {})}
          onDone={(record) => {
            toast({ text: t("ui.create.done") });
            go(props.then?.(record) ?? addressOf(recordPath(section, record)));
          }}
        />
      </div>
    </>
  );
}
