/** A province of Viet Nam until 30 June 2025, and the province that it became part of on 1 July 2025. */
export interface FormerProvince {
  /** Code of the General Statistics Office until then. */
  code: string;
  /** ISO 3166-2:VN. */
  iso: string;
  name: string;
  /** Latin spelling without diacritics, as in older files. */
  latin: string;
  /** Whether it was a city under the central government. */
  city: boolean;
  /** Code of the successor. */
  successor: string;
}

const former = (
  code: string,
  iso: string,
  name: string,
  latin: string,
  successor: string,
  city = false,
): FormerProvince => ({ code, iso, name, latin, city, successor });

/**
 * The 63 provinces until the merger of 1 July 2025 (Resolution 202/2025/QH15 of the National Assembly). Every one of
 * them went over as a whole.
 */
export const formerProvinces: readonly FormerProvince[] = [
  former("01", "VN-HN", "Hà Nội", "Ha Noi", "01", true),
  former("02", "VN-03", "Hà Giang", "Ha Giang", "08"),
  former("04", "VN-04", "Cao Bằng", "Cao Bang", "04"),
  former("06", "VN-53", "Bắc Kạn", "Bac Kan", "19"),
  former("08", "VN-07", "Tuyên Quang", "Tuyen Quang", "08"),
  former("10", "VN-02", "Lào Cai", "Lao Cai", "15"),
  former("11", "VN-71", "Điện Biên", "Dien Bien", "11"),
  former("12", "VN-01", "Lai Châu", "Lai Chau", "12"),
  former("14", "VN-05", "Sơn La", "Son La", "14"),
  former("15", "VN-06", "Yên Bái", "Yen Bai", "15"),
  former("17", "VN-14", "Hòa Bình", "Hoa Binh", "25"),
  former("19", "VN-69", "Thái Nguyên", "Thai Nguyen", "19"),
  former("20", "VN-09", "Lạng Sơn", "Lang Son", "20"),
  former("22", "VN-13", "Quảng Ninh", "Quang Ninh", "22"),
  former("24", "VN-54", "Bắc Giang", "Bac Giang", "24"),
  former("25", "VN-68", "Phú Thọ", "Phu Tho", "25"),
  former("26", "VN-70", "Vĩnh Phúc", "Vinh Phuc", "25"),
  former("27", "VN-56", "Bắc Ninh", "Bac Ninh", "24"),
  former("30", "VN-61", "Hải Dương", "Hai Duong", "31"),
  former("31", "VN-HP", "Hải Phòng", "Hai Phong", "31", true),
  former("33", "VN-66", "Hưng Yên", "Hung Yen", "33"),
  former("34", "VN-20", "Thái Bình", "Thai Binh", "33"),
  former("35", "VN-63", "Hà Nam", "Ha Nam", "37"),
  former("36", "VN-67", "Nam Định", "Nam Dinh", "37"),
  former("37", "VN-18", "Ninh Bình", "Ninh Binh", "37"),
  former("38", "VN-21", "Thanh Hóa", "Thanh Hoa", "38"),
  former("40", "VN-22", "Nghệ An", "Nghe An", "40"),
  former("42", "VN-23", "Hà Tĩnh", "Ha Tinh", "42"),
  former("44", "VN-24", "Quảng Bình", "Quang Binh", "44"),
  former("45", "VN-25", "Quảng Trị", "Quang Tri", "44"),
  former("46", "VN-26", "Thừa Thiên Huế", "Thua Thien Hue", "46"),
  former("48", "VN-DN", "Đà Nẵng", "Da Nang", "48", true),
  former("49", "VN-27", "Quảng Nam", "Quang Nam", "48"),
  former("51", "VN-29", "Quảng Ngãi", "Quang Ngai", "51"),
  former("52", "VN-31", "Bình Định", "Binh Dinh", "52"),
  former("54", "VN-32", "Phú Yên", "Phu Yen", "66"),
  former("56", "VN-34", "Khánh Hòa", "Khanh Hoa", "56"),
  former("58", "VN-36", "Ninh Thuận", "Ninh Thuan", "56"),
  former("60", "VN-40", "Bình Thuận", "Binh Thuan", "68"),
  former("62", "VN-28", "Kon Tum", "Kon Tum", "51"),
  former("64", "VN-30", "Gia Lai", "Gia Lai", "52"),
  former("66", "VN-33", "Đắk Lắk", "Dak Lak", "66"),
  former("67", "VN-72", "Đắk Nông", "Dak Nong", "68"),
  former("68", "VN-35", "Lâm Đồng", "Lam Dong", "68"),
  former("70", "VN-58", "Bình Phước", "Binh Phuoc", "75"),
  former("72", "VN-37", "Tây Ninh", "Tay Ninh", "80"),
  former("74", "VN-57", "Bình Dương", "Binh Duong", "79"),
  former("75", "VN-39", "Đồng Nai", "Dong Nai", "75"),
  former("77", "VN-43", "Bà Rịa - Vũng Tàu", "Ba Ria - Vung Tau", "79"),
  former("79", "VN-SG", "Hồ Chí Minh", "Ho Chi Minh", "79", true),
  former("80", "VN-41", "Long An", "Long An", "80"),
  former("82", "VN-46", "Tiền Giang", "Tien Giang", "82"),
  former("83", "VN-50", "Bến Tre", "Ben Tre", "86"),
  former("84", "VN-51", "Trà Vinh", "Tra Vinh", "86"),
  former("86", "VN-49", "Vĩnh Long", "Vinh Long", "86"),
  former("87", "VN-45", "Đồng Tháp", "Dong Thap", "82"),
  former("89", "VN-44", "An Giang", "An Giang", "91"),
  former("91", "VN-47", "Kiên Giang", "Kien Giang", "91"),
  former("92", "VN-CT", "Cần Thơ", "Can Tho", "92", true),
  former("93", "VN-73", "Hậu Giang", "Hau Giang", "92"),
  former("94", "VN-52", "Sóc Trăng", "Soc Trang", "92"),
  former("95", "VN-55", "Bạc Liêu", "Bac Lieu", "96"),
  former("96", "VN-59", "Cà Mau", "Ca Mau", "96"),
];
