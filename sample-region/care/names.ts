import type { NamePair } from "../programmes/programme.ts";
import type { Random } from "../random.ts";

/** From which names of people are put together in a country. Common words and names; no name is somebody's. */
export interface NameStock {
  family: readonly NamePair[];
  female: readonly NamePair[];
  male: readonly NamePair[];
  /** How the parts are put together in the country's script. */
  order: "family-first" | "given-first";
  joint: string;
  /** Where people live, as they say it. */
  address: (village: string, house: number) => string;
  phone: (digits: string) => string;
}

/** The stock of each country. */
export const nameStocks: Readonly<Record<string, NameStock>> = {
  KHM: {
    family: [
      ["ហេង", "Heng"],
      ["ជា", "Chea"],
      ["កែវ", "Keo"],
      ["លី", "Ly"],
      ["នួន", "Nuon"],
      ["ប្រាក់", "Prak"],
      ["ទេព", "Tep"],
      ["យឹម", "Yim"],
      ["ម៉ៅ", "Mao"],
      ["ស៊ិន", "Sin"],
    ],
    female: [
      ["សុភា", "Sophea"],
      ["ស្រីមុំ", "Sreymom"],
      ["ដានី", "Dany"],
      ["បុប្ផា", "Bopha"],
      ["មាលា", "Malea"],
      ["នារី", "Neary"],
      ["ធីតា", "Thida"],
      ["លក្ខិណា", "Leakhena"],
      ["សុខា", "Sokha"],
    ],
    male: [
      ["បូរី", "Borey"],
      ["វិចិត្រ", "Vichet"],
      ["សំណាង", "Samnang"],
      ["រតនៈ", "Ratanak"],
      ["ពិសិដ្ឋ", "Piseth"],
      ["ដារ៉ា", "Dara"],
      ["វុទ្ធី", "Vuthy"],
      ["គឹមហុង", "Kimhong"],
      ["សារ៉ាត់", "Sarat"],
      ["ភិរម្យ", "Phirom"],
    ],
    order: "family-first",
    joint: " ",
    address: (village, house) => `ផ្ទះលេខ ${house} ${village}`,
    phone: (digits) => `012 ${digits.slice(0, 3)} ${digits.slice(3)}`,
  },
  LAO: {
    family: [
      ["ວົງສາ", "Vongsa"],
      ["ໄຊຍະວົງ", "Xayavong"],
      ["ພົມມະຈັນ", "Phommachan"],
      ["ອິນທະວົງ", "Inthavong"],
      ["ສີວິໄລ", "Sivilay"],
      ["ແກ້ວມະນີ", "Keomany"],
    ],
    female: [
      ["ແກ້ວ", "Keo"],
      ["ມະນີ", "Many"],
      ["ດາວອນ", "Davone"],
      ["ບົວວັນ", "Bouavanh"],
      ["ນາງນ້ອຍ", "Nangnoy"],
      ["ວັນທອງ", "Vanthong"],
    ],
    male: [
      ["ສົມພອນ", "Somphone"],
      ["ບຸນມີ", "Bounmy"],
      ["ຄຳແພງ", "Khamphaeng"],
      ["ວຽງໄຊ", "Viengxay"],
      ["ພູວົງ", "Phouvong"],
      ["ສີສະຫວາດ", "Sisavath"],
    ],
    order: "given-first",
    joint: " ",
    address: (village, house) => `ເຮືອນເລກທີ ${house} ${village}`,
    phone: (digits) => `020 55 ${digits.slice(0, 3)} ${digits.slice(3)}`,
  },
  THA: {
    family: [
      ["ใจดี", "Chaidi"],
      ["แสงทอง", "Saengthong"],
      ["ศรีสุข", "Srisuk"],
      ["บุญเรือง", "Bunrueang"],
      ["ทองคำ", "Thongkham"],
      ["วงศ์ใหญ่", "Wongyai"],
    ],
    female: [
      ["มาลี", "Mali"],
      ["สุดา", "Suda"],
      ["วันเพ็ญ", "Wanphen"],
      ["นงลักษณ์", "Nonglak"],
      ["อรุณี", "Aruni"],
      ["พรทิพย์", "Phonthip"],
    ],
    male: [
      ["สมชาย", "Somchai"],
      ["ประเสริฐ", "Prasoet"],
      ["วิชัย", "Wichai"],
      ["บุญมี", "Bunmi"],
      ["อนันต์", "Anan"],
      ["สุรชัย", "Surachai"],
    ],
    order: "given-first",
    joint: " ",
    address: (village, house) => `บ้านเลขที่ ${house} ${village}`,
    phone: (digits) => `081 ${digits.slice(0, 3)} 0${digits.slice(3)}`,
  },
  VNM: {
    family: [
      ["Nguyễn", "Nguyen"],
      ["Trần", "Tran"],
      ["Lê", "Le"],
      ["Phạm", "Pham"],
      ["Hoàng", "Hoang"],
      ["Võ", "Vo"],
    ],
    female: [
      ["Thị Lan", "Thi Lan"],
      ["Thị Hoa", "Thi Hoa"],
      ["Thị Hương", "Thi Huong"],
      ["Thị Mai", "Thi Mai"],
      ["Thị Thảo", "Thi Thao"],
      ["Thị Hạnh", "Thi Hanh"],
    ],
    male: [
      ["Văn Hùng", "Van Hung"],
      ["Văn Dũng", "Van Dung"],
      ["Đức Thành", "Duc Thanh"],
      ["Minh Quang", "Minh Quang"],
      ["Anh Tuấn", "Anh Tuan"],
      ["Quốc Khánh", "Quoc Khanh"],
    ],
    order: "family-first",
    joint: " ",
    address: (village, house) => `Nhà số ${house}, ${village}`,
    phone: (digits) => `091 ${digits.slice(0, 3)} 0${digits.slice(3)}`,
  },
  // Nobody has a family name: two words make a name.
  MMR: {
    family: [
      ["မင်း", "Min"],
      ["လင်း", "Lin"],
      ["မိုး", "Moe"],
      ["ဝင်း", "Win"],
      ["သန့်", "Thant"],
      ["မြင့်", "Myint"],
      ["လှိုင်", "Hlaing"],
    ],
    female: [
      ["မြ", "Mya "],
      ["ခင်", "Khin "],
      ["နွယ်", "Nwe "],
      ["အေး", "Aye "],
      ["စု", "Su "],
      ["သီတာ", "Thida "],
    ],
    male: [
      ["အောင်", "Aung "],
      ["ကျော်", "Kyaw "],
      ["ထွန်း", "Tun "],
      ["စိုး", "Soe "],
      ["ဇော်", "Zaw "],
      ["မျိုး", "Myo "],
    ],
    order: "given-first",
    joint: "",
    address: (village, house) => `အိမ်အမှတ် ${house}၊ ${village}`,
    phone: (digits) => `09 250 ${digits.slice(0, 3)} ${digits.slice(3)}`,
  },
  PHL: {
    family: [
      ["", "Santos"],
      ["", "Reyes"],
      ["", "Macaraeg"],
      ["", "Bautista"],
      ["", "Abdulla"],
      ["", "Dimalanta"],
    ],
    female: [
      ["", "Maria Luz"],
      ["", "Fatima"],
      ["", "Rosario"],
      ["", "Lorna"],
      ["", "Noraisa"],
      ["", "Evelyn"],
    ],
    male: [
      ["", "Jose"],
      ["", "Ramon"],
      ["", "Rodel"],
      ["", "Amir"],
      ["", "Danilo"],
      ["", "Ernesto"],
    ],
    order: "given-first",
    joint: " ",
    address: (village, house) => `House ${house}, ${village}`,
    phone: (digits) => `0917 ${digits.slice(0, 3)} ${digits.slice(3)}0`,
  },
};

/** A made-up name in the country's script and in Latin letters, with its parts. */
export function inventName(
  stock: NameStock,
  sex: string,
  random: Random,
): { full: string; latin: string; given: string; family: string } {
  const given = random.pick(sex === "female" ? stock.female : stock.male);
  const family = random.pick(stock.family);
  const parts = stock.order === "family-first" ? [family, given] : [given, family];
  const latin = parts
    .map(([, word]) => word.trim())
    .filter(Boolean)
    .join(" ");
  const local = parts.map(([word]) => word).join(stock.joint);
  const scripted = given[0] !== "";
  return {
    full: scripted ? local : latin,
    latin,
    given: scripted ? given[0] : given[1].trim(),
    family: scripted ? family[0] : family[1],
  };
}
