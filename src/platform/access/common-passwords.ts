/**
 * Words and key runs of which weak passwords are made. A password is refused when it is one of these, also with digits
 * and signs at its end or with letters replaced by look-alikes.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `password passwords passwort motdepasse contrasena qwerty qwertyuiop qwertyui asdfghjkl zxcvbnm qazwsx qazwsxedc
  1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4t5 zaq12wsx abc abcd abcdef abcdefgh abcdefghij letmein welcome changeme
  changeit administrator admin root guest user test testing tester default secret secrets iloveyou sunshine princess
  dragon monkey football baseball basketball superman batman master shadow michael jennifer jordan charlie freedom
  whatever trustno trustnol computer internet samsung google facebook hello helloworld mypassword yourpassword
  thepassword newpassword passwordpassword adminadmin correcthorsebatterystaple mineaction mineactions demining deminer
  landmine landmines clearance information informationmanager cambodia kampuchea phnompenh laos vientiane thailand
  bangkok vietnam hanoi myanmar yangon naypyitaw santi santisanti asean indonesia malaysia singapore philippines brunei
  1234567890 0123456789 12345678910 0987654321 9876543210 1111111111 0000000000 123123123123 123456123456 1029384756
  987654321 123qweasdzxc qwe123qwe123 qweasdzxc asdasdasd qweqweqwe asdf asdfasdf aaaaaaaaaa abcabcabc abcl abcdl
  oneTwoThree onetwothree summer winter spring autumn january february monday friday sunday loveyou lovelove
  goodmorning goodluck blessed jesus jesuschrist angel family liverpool chelsea arsenal manchester barcelona
  starwars pokemon naruto minecraft playstation nintendo mustang ferrari corvette harley cookie chocolate cheese
  banana orange purple yellow flower butterfly diamond silver golden phoenix ranger hunter killer hockey soccer
  access accessgranted login loginlogin system systemadmin manager operator server database oracle postgres mysql
  windows microsoft apple android samsunggalaxy nokia huawei xiaomi`
    .split(/\s+/)
    .map((word) => word.toLowerCase()),
);
