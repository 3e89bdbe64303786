/** Titles that are no part of a name, in folded form. They are left out while another word remains. */
const titles = new Set([
  ...["mr", "mrs", "ms", "miss", "dr", "prof", "u", "daw", "lok", "neang", "oknha", "thao", "ong", "sayadaw"],
  ...["លោក", "លោកស្រី", "អ្នកស្រី", "អ្នកនាង", "លោកជំទាវ", "កញ្ញា", "នាង", "ឯកឧត្តម", "ឧកញ៉ា", "កុមារ", "កុមារី"],
  ...["นาย", "นาง", "นางสาว", "นส", "ดช", "ดญ", "เด็กชาย", "เด็กหญิง", "คุณ", "ดร", "ว่าที่ร้อยตรี"],
  ...["ທ້າວ", "ນາງ", "ນາງສາວ", "ທ່ານ", "ທ່ານນາງ", "ສຈ", "ດຣ", "ພໍ່", "ແມ່"],
  ...["ဦး", "ဒေါ်", "ဒေါက်တာ", "ဆရာတော်"],
]);

/** Titles written onto the name without a space, in the scripts that do so; the longer stand before the shorter. */
export const prefixes: readonly string[] = [
  ...["เด็กหญิง", "เด็กชาย", "นางสาว", "นาย", "นาง", "คุณ", "น.ส.", "ด.ช.", "ด.ญ.", "ด.ช", "ด.ญ"],
  ...["ນາງສາວ", "ທ່ານນາງ", "ທ້າວ", "ທ່ານ", "ນາງ"],
  ...["លោកជំទាវ", "លោកស្រី", "អ្នកស្រី", "លោក", "កញ្ញា"],
];

/**
 * Words that are a title for some and a name for others, or that nearly everyone of a people has: they count little.
 * Burmese Ko, Ma and Maung, Vietnamese Thị and Văn, Karen Saw and Naw, Mon Mi and Mehm, Shan Sai and Nang.
 */
const light = new Set([
  ...[
    "ko",
    "ma",
    "maung",
    "mg",
    "van",
    "thi",
    "saw",
    "naw",
    "sai",
    "nang",
    "nai",
    "ba",
    "mi",
    "bin",
    "binti",
    "ashin",
    "saya",
  ],
  ...["ကို", "မ", "မောင်", "စော", "နော်", "စိုင်း", "နန်း", "နိုင်", "ဆရာ", "ဆရာမ"],
]);

/** The words of every list, through `fold`, which must be the folding of single words without titles. */
export function foldedTitles(fold: (word: string) => string): {
  titles: ReadonlySet<string>;
  light: ReadonlySet<string>;
} {
  return {
    titles: new Set([...titles].map(fold)),
    light: new Set([...light].map(fold)),
  };
}
