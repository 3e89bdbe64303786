import type { ServiceCode } from "../../src/domains/services/model.ts";
import type { Language } from "../../src/platform/contract/fields.ts";

/** An invented provider, of which each country has one. */
export interface SampleProvider {
  code: string;
  names: Readonly<Partial<Record<Language, string>>>;
  type: string;
  /** The class of recipients that it belongs to. */
  recipients: string;
  services: readonly ServiceCode[];
  cost: "free" | "partly-free" | "paid";
  /** Its share of the points of a country. */
  weight: number;
  accessibility: readonly string[];
  /** Places are not shown to everybody. */
  sensitive?: boolean;
  staff: Readonly<Record<string, readonly [number, number]>>;
}

/** The provider that the sample account of service providers answers for. */
export const accountProvider = "SPR-REHAB";

/** The providers of every country of the sample region. */
export const providers: readonly SampleProvider[] = [
  {
    code: accountProvider,
    names: {
      en: "Sample Rehabilitation Centre",
      km: "មជ្ឈមណ្ឌលស្តារនីតិសម្បទាគំរូ",
      lo: "ສູນຟື້ນຟູຕົວຢ່າງ",
      th: "ศูนย์ฟื้นฟูสมรรถภาพตัวอย่าง",
      vi: "Trung tâm phục hồi chức năng mẫu",
      my: "နမူနာ ပြန်လည်ထူထောင်ရေးဌာန",
    },
    type: "rehabilitation-centre",
    recipients: "rehabilitation-services",
    services: [
      "prosthesis-new",
      "prosthesis-repair",
      "orthosis",
      "wheelchair",
      "walking-aid",
      "physiotherapy",
      "occupational-therapy",
      "peer-support",
    ],
    cost: "free",
    weight: 5,
    accessibility: ["step-free", "accessible-toilet", "wide-doors", "female-staff"],
    staff: { staffProsthetistsOrthotists: [1, 5], staffPhysiotherapists: [1, 8], staffOccupationalTherapists: [0, 2] },
  },
  {
    code: "SPR-HOSP",
    names: {
      en: "Sample Provincial Hospital",
      km: "មន្ទីរពេទ្យខេត្តគំរូ",
      lo: "ໂຮງໝໍແຂວງຕົວຢ່າງ",
      th: "โรงพยาบาลจังหวัดตัวอย่าง",
      vi: "Bệnh viện tỉnh mẫu",
      my: "နမူနာ ပြည်နယ်ဆေးရုံ",
    },
    type: "hospital",
    recipients: "health-services",
    services: ["emergency-medical", "surgery", "ongoing-medical", "psychiatry", "physiotherapy"],
    cost: "partly-free",
    weight: 6,
    accessibility: ["step-free", "wide-doors", "female-staff", "child-friendly"],
    staff: { staffPhysiotherapists: [0, 3], staffMentalHealth: [0, 2] },
  },
  {
    code: "SPR-CARE",
    names: {
      en: "Sample Counselling House",
      km: "ផ្ទះប្រឹក្សាគំរូ",
      lo: "ເຮືອນໃຫ້ຄຳປຶກສາຕົວຢ່າງ",
      th: "บ้านให้คำปรึกษาตัวอย่าง",
      vi: "Nhà tư vấn mẫu",
      my: "နမူနာ နှစ်သိမ့်ဆွေးနွေးရေးအိမ်",
    },
    type: "ngo-national",
    recipients: "non-governmental",
    services: ["psychological-first-aid", "counselling", "peer-support", "legal-aid", "accommodation-support"],
    cost: "free",
    weight: 3,
    accessibility: ["step-free", "easy-language", "tele-service", "female-staff"],
    sensitive: true,
    staff: { staffMentalHealth: [1, 4], staffSocialWorkers: [1, 5] },
  },
  {
    code: "SPR-SKILL",
    names: {
      en: "Sample School for Skills and Livelihoods",
      km: "សាលាជំនាញ និងមុខរបរគំរូ",
      lo: "ໂຮງຮຽນວິຊາຊີບຕົວຢ່າງ",
      th: "โรงเรียนฝึกอาชีพตัวอย่าง",
      vi: "Trường dạy nghề mẫu",
      my: "နမူနာ အသက်မွေးဝမ်းကျောင်းကျောင်း",
    },
    type: "ngo-national",
    recipients: "social-services",
    services: ["vocational-training", "grant", "education-support", "transport-support"],
    cost: "free",
    weight: 3,
    accessibility: ["wide-doors", "sign-interpreter", "easy-language"],
    staff: { staffSocialWorkers: [1, 4] },
  },
  {
    code: "SPR-UNION",
    names: {
      en: "Sample Union of Persons with Disabilities",
      km: "សហភាពជនមានពិការភាពគំរូ",
      lo: "ສະມາຄົມຄົນພິການຕົວຢ່າງ",
      th: "สมาคมคนพิการตัวอย่าง",
      vi: "Hội người khuyết tật mẫu",
      my: "နမူနာ မသန်စွမ်းသူများအသင်း",
    },
    type: "organisation-of-persons-with-disabilities",
    recipients: "non-governmental",
    services: ["peer-support", "legal-aid", "social-protection", "home-adaptation", "transport-support"],
    cost: "free",
    weight: 3,
    accessibility: ["step-free", "accessible-toilet", "tactile", "sign-interpreter", "home-visits"],
    staff: { staffPeerSupporters: [1, 8], staffSocialWorkers: [0, 3] },
  },
];

/** What people speak at a point, by country: always, and sometimes. */
export const spoken: Readonly<Record<string, readonly [always: string, sometimes: readonly string[]]>> = {
  KHM: ["khmer", ["english", "french", "minority", "sign-language"]],
  LAO: ["lao", ["english", "thai", "minority", "sign-language"]],
  THA: ["thai", ["english", "khmer", "burmese", "sign-language"]],
  VNM: ["vietnamese", ["english", "minority", "sign-language"]],
  MMR: ["burmese", ["english", "minority", "thai"]],
  PHL: ["english", ["minority", "sign-language"]],
};

/** What money is called by country. */
export const moneyOf: Readonly<Record<string, readonly [currency: string, unit: number]>> = {
  KHM: ["KHR", 4000],
  LAO: ["LAK", 20_000],
  THA: ["THB", 35],
  VNM: ["VND", 25_000],
  MMR: ["MMK", 2100],
  PHL: ["USD", 1],
};

/** The question that is asked before somebody is referred, as the sample's wording of consent. */
export const askedBeforeReferral: Readonly<Partial<Record<Language, string>>> = {
  en: "May we tell a service about you, so that it can help you? You may say no, and you may change your mind at any time.",
  km: "តើយើងអាចប្រាប់សេវាមួយអំពីអ្នកបានទេ ដើម្បីឱ្យគេជួយអ្នក? អ្នកអាចបដិសេធ ហើយអាចប្តូរចិត្តបានគ្រប់ពេល។",
  lo: "ພວກເຮົາບອກບໍລິການກ່ຽວກັບທ່ານໄດ້ບໍ ເພື່ອໃຫ້ເຂົາຊ່ວຍທ່ານ? ທ່ານປະຕິເສດໄດ້ ແລະປ່ຽນໃຈໄດ້ທຸກເວລາ.",
  th: "เราขอบอกข้อมูลของคุณกับหน่วยบริการเพื่อให้เขาช่วยคุณได้ไหม คุณปฏิเสธได้และเปลี่ยนใจได้ทุกเมื่อ",
  vi: "Chúng tôi có thể nói về anh/chị với một dịch vụ để họ giúp anh/chị không? Anh/chị có thể từ chối và đổi ý bất cứ lúc nào.",
  my: "သင့်ကို ကူညီနိုင်ရန် သင့်အကြောင်းကို ဝန်ဆောင်မှုတစ်ခုသို့ ပြောပြခွင့်ရှိပါသလား။ ငြင်းနိုင်ပြီး အချိန်မရွေး စိတ်ပြောင်းနိုင်ပါသည်။",
};

/** The question that is asked before a case is kept. */
export const askedBeforeCase: Readonly<Partial<Record<Language, string>>> = {
  en: "May we write down what you tell us, so that we can help you and follow up?",
  km: "តើយើងអាចកត់ត្រាអ្វីដែលអ្នកប្រាប់យើងបានទេ ដើម្បីយើងអាចជួយ និងតាមដានអ្នក?",
  lo: "ພວກເຮົາຈົດສິ່ງທີ່ທ່ານບອກໄດ້ບໍ ເພື່ອຊ່ວຍ ແລະຕິດຕາມທ່ານ?",
  th: "เราขอจดสิ่งที่คุณเล่าเพื่อช่วยเหลือและติดตามคุณได้ไหม",
  vi: "Chúng tôi có thể ghi lại điều anh/chị kể để giúp đỡ và theo dõi không?",
  my: "သင့်ကို ကူညီပြီး ဆက်လက်စောင့်ရှောက်နိုင်ရန် သင်ပြောသည်ကို ရေးမှတ်ခွင့်ရှိပါသလား။",
};
