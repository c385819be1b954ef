// Names for the demo school, by language. All people made of them are invented; any likeness is chance.
//
// girls, boys   given names, "Latin|own script" where the language has its own
// families      family names in the same form
// kind          how a name is built:
//                 shared     children carry the father's family name, the mother keeps her own
//                 married    one family name for all; `feminine` bends it for women and girls
//                 patronym   a child's second name is the father's given name; his is his father's
//                 somali     given, father's, grandfather's
//                 double     two family names: the father's first, then the mother's
// speaks        the tag; variants with a weight where a language differs by country
// script        ISO 15924, the script of its own form

const list = (text) => text.trim().split(/\s*,\s*/);
const same = (name) => name;

export const languages = {
  ar: {
    kind: 'shared',
    script: 'Arab',
    speaks: [['ar-SY', 14], ['ar-IQ', 3], ['ar-YE', 2], ['ar-SD', 1]],
    girls: list(`Amal|أمل, Lina|لينا, Rima|ريما, Nour|نور, Salma|سلمى, Hanan|حنان, Yara|يارا, Dana|دانا, Reem|ريم,
      Sara|سارة, Maysa|ميساء, Hala|هالة, Layan|ليان, Joud|جود, Ruba|ربى, Samar|سمر, Widad|وداد, Abeer|عبير`),
    boys: list(`Omar|عمر, Khaled|خالد, Yazan|يزن, Anas|أنس, Bilal|بلال, Majd|مجد, Hamza|حمزة, Adnan|عدنان, Nabil|نبيل,
      Fadi|فادي, Rami|رامي, Tareq|طارق, Walid|وليد, Ziad|زياد, Hassan|حسن, Mazen|مازن, Bashar|بشار, Qusay|قصي`),
    families: list(`Al-Khatib|الخطيب, Darwish|درويش, Al-Masri|المصري, Kabbani|قباني, Sabbagh|صباغ, Al-Najjar|النجار,
      Hamdan|حمدان, Qasem|قاسم, Al-Halabi|الحلبي, Shaheen|شاهين, Barakat|بركات, Mansour|منصور, Al-Zoubi|الزعبي,
      Attar|عطار, Sharif|شريف, Kanaan|كنعان, Al-Jasim|الجاسم, Rahal|رحال, Obeid|عبيد, Zaidan|زيدان`),
  },
  ti: {
    kind: 'patronym',
    script: 'Ethi',
    speaks: [['ti', 1]],
    girls: list(`Selam|ሰላም, Rahwa|ራህዋ, Feven|ፌቨን, Luwam|ልዋም, Semhar|ሰምሃር, Bisrat|ብስራት, Yohana|ዮሃና, Winta|ዊንታ,
      Saba|ሳባ, Eden|ኤደን, Arsema|ኣርሴማ, Mihret|ምሕረት, Tsega|ጸጋ, Rigbe|ርግበ`),
    boys: list(`Yonas|ዮናስ, Filmon|ፊልሞን, Abel|ኣቤል, Robel|ሮቤል, Natnael|ናትናኤል, Kibrom|ክብሮም, Merhawi|መርሃዊ, Samuel|ሳሙኤል,
      Biniam|ቢንያም, Aman|ኣማን, Hermon|ሄርሞን, Daniel|ዳኒኤል, Isaias|ኢሳይያስ, Mikal|ሚካል`),
    families: list(`Tesfay|ተስፋይ, Gebremedhin|ገብረመድህን, Haile|ሃይለ, Kidane|ኪዳነ, Berhe|በርሀ, Habtom|ሃብቶም, Weldu|ወልዱ,
      Mehari|መሓሪ, Ghebreab|ገብረኣብ, Okbay|ዑቕባይ, Asmelash|ኣስመላሽ, Zerai|ዘርኣይ, Tekle|ተክለ, Negash|ነጋሽ`),
  },
  uk: {
    kind: 'married',
    feminine: same,
    script: 'Cyrl',
    speaks: [['uk', 1]],
    girls: list(`Sofiia|Софія, Anastasiia|Анастасія, Mariia|Марія, Daryna|Дарина, Solomiia|Соломія, Polina|Поліна,
      Zlata|Злата, Viktoriia|Вікторія, Yuliia|Юлія, Kateryna|Катерина, Iryna|Ірина, Halyna|Галина, Nataliia|Наталія,
      Olena|Олена, Svitlana|Світлана, Tetiana|Тетяна, Liudmyla|Людмила, Alina|Аліна`),
    boys: list(`Maksym|Максим, Artem|Артем, Dmytro|Дмитро, Danylo|Данило, Bohdan|Богдан, Nazar|Назар, Tymofii|Тимофій,
      Yehor|Єгор, Andrii|Андрій, Oleksandr|Олександр, Ivan|Іван, Taras|Тарас, Roman|Роман, Vasyl|Василь, Yurii|Юрій,
      Serhii|Сергій, Oleh|Олег, Matvii|Матвій`),
    families: list(`Bondarenko|Бондаренко, Tkachenko|Ткаченко, Kravchuk|Кравчук, Oliinyk|Олійник, Shevchuk|Шевчук,
      Polishchuk|Поліщук, Lysenko|Лисенко, Rudenko|Руденко, Savchenko|Савченко, Melnyk|Мельник, Marchenko|Марченко,
      Klymenko|Клименко, Panasiuk|Панасюк, Hrytsenko|Гриценко, Zinchenko|Зінченко, Moroz|Мороз, Koval|Коваль,
      Didenko|Діденко, Romaniuk|Романюк, Yaremchuk|Яремчук, Hnatiuk|Гнатюк, Sydorenko|Сидоренко, Fedoruk|Федорук,
      Vovk|Вовк, Kushnir|Кушнір, Babenko|Бабенко`),
  },
  ru: {
    kind: 'married',
    feminine: (name, own) => (own ? `${name}а` : `${name}a`),
    script: 'Cyrl',
    speaks: [['ru', 1]],
    girls: list('Alisa|Алиса, Vera|Вера, Elena|Елена, Ksenia|Ксения'),
    boys: list('Timur|Тимур, Kirill|Кирилл, Anton|Антон, Pavel|Павел'),
    families: list('Sokolov|Соколов, Belov|Белов, Orlov|Орлов, Gromov|Громов'),
  },
  tr: {
    kind: 'married',
    feminine: same,
    script: 'Latn',
    speaks: [['tr', 1]],
    girls: list('Zeynep, Elif, Defne, Ayşe, Merve, Ceren, Gül, Nur, Esra, Büşra, Ecrin, Hatice, Fatma, Sevgi'),
    boys: list('Emre, Kaan, Yusuf, Mert, Burak, Eymen, Ömer, Can, Deniz, Hüseyin, İsmail, Murat, Kerem, Umut'),
    families: list('Aydın, Demirci, Şahin, Koçak, Öztürk, Yalçın, Arslan, Güneş, Çetin, Kurt, Doğan, Işık, Polat, Aksoy'),
  },
  fa: {
    kind: 'shared',
    script: 'Arab',
    speaks: [['fa', 1]],
    girls: list(`Parisa|پریسا, Niloufar|نیلوفر, Shirin|شیرین, Mahsa|مهسا, Elham|الهام, Yasaman|یاسمن, Golnaz|گلناز,
      Setareh|ستاره, Nasrin|نسرین, Azadeh|آزاده`),
    boys: list(`Arash|آرش, Kian|کیان, Amir|امیر, Behrouz|بهروز, Dariush|داریوش, Farhad|فرهاد, Navid|نوید, Siavash|سیاوش,
      Mehdi|مهدی, Omid|امید`),
    families: list(`Karimi|کریمی, Rostami|رستمی, Moradi|مرادی, Jafari|جعفری, Nazari|نظری, Bahrami|بهرامی, Sadeghi|صادقی,
      Tehrani|تهرانی, Ghasemi|قاسمی, Yazdani|یزدانی`),
  },
  prs: {
    kind: 'shared',
    script: 'Arab',
    speaks: [['prs', 1]],
    girls: list(`Freshta|فرشته, Marwa|مروه, Nargis|نرگس, Shabnam|شبنم, Laila|لیلا, Sitara|ستاره, Mursal|مرسل, Hosna|حسنا,
      Roya|رویا, Bibi Gul|بی‌بی گل`),
    boys: list(`Ahmad|احمد, Jawad|جواد, Farid|فرید, Mustafa|مصطفی, Sohrab|سهراب, Nasir|نصیر, Haroon|هارون, Idris|ادریس,
      Qasim|قاسم, Ramin|رامین`),
    families: list(`Ahmadi|احمدی, Hosseini|حسینی, Rezai|رضایی, Noori|نوری, Haidari|حیدری, Sultani|سلطانی, Amiri|امیری,
      Rahimi|رحیمی, Qaderi|قادری, Popal|پوپل`),
  },
  ps: {
    kind: 'shared',
    script: 'Arab',
    speaks: [['ps', 1]],
    girls: list('Spozhmai|سپوږمۍ, Palwasha|پلوشه, Zarghona|زرغونه, Gulalai|ګلالۍ'),
    boys: list('Wali|ولي, Gul Agha|ګل آغا, Zmarai|زمری, Hekmat|حکمت, Baryalai|بریالی'),
    families: list('Stanikzai|ستانکزی, Wardak|وردک, Zadran|ځدراڼ, Mohmand|مومند, Safi|ساپی'),
  },
  so: {
    kind: 'somali',
    script: 'Latn',
    speaks: [['so', 1]],
    girls: list('Hodan, Ifrah, Sagal, Ayaan, Fowsiya, Hibaq, Nimco, Idil, Ladan, Ubax, Xaliimo, Deqa'),
    boys: list('Abdirahman, Cabdi, Guled, Liban, Maxamed, Mahad, Warsame, Xasan, Yuusuf, Cismaan, Faarax, Nuur'),
    families: list('Jaamac, Cali, Xirsi, Geedi, Diiriye, Shire, Axmed, Barre, Samatar, Cilmi'),
  },
  pl: {
    kind: 'married',
    feminine: (name) => name.replace(/(s|c|dz)ki$/, '$1ka'),
    script: 'Latn',
    speaks: [['pl', 1]],
    girls: list('Zuzanna, Julia, Oliwia, Małgorzata, Agnieszka, Katarzyna, Hanna, Maja, Wiktoria, Ewa'),
    boys: list('Jakub, Szymon, Kacper, Piotr, Łukasz, Paweł, Filip, Wojciech, Tomasz, Michał'),
    families: list('Kowalczyk, Zieliński, Wójcik, Mazur, Krawczyk, Dąbrowski, Wysocki, Pająk, Sikora, Głowacki'),
  },
  kmr: {
    kind: 'shared',
    script: 'Latn',
    speaks: [['kmr', 1]],
    girls: list('Berîvan, Rojîn, Zozan, Evîn, Dîlan, Şîlan'),
    boys: list('Azad, Serhat, Baran, Rêzan, Şivan, Welat'),
    families: list('Baqî, Hesen, Osê, Cemîl, Şêxo, Mistefa'),
  },
  ckb: {
    kind: 'patronym',
    script: 'Arab',
    speaks: [['ckb', 1]],
    girls: list('Shilan|شیلان, Nian|نیان, Hero|هێرۆ'),
    boys: list('Rebaz|ڕێباز, Karwan|کاروان, Aso|ئاسۆ'),
    families: list('Salih|ساڵح, Rasul|ڕەسووڵ, Qadir|قادر'),
  },
  es: {
    kind: 'double',
    script: 'Latn',
    speaks: [['es-CO', 3], ['es-VE', 3], ['es', 2]],
    girls: list('Valentina, Camila, Lucía, Daniela, Paola, Ximena'),
    boys: list('Santiago, Mateo, Andrés, Joaquín, Emilio, Iván'),
    families: list('Restrepo, Ibáñez, Quintero, Peña, Zambrano, Ríos, Cárdenas, Muñoz'),
  },
  pt: {
    kind: 'double',
    script: 'Latn',
    speaks: [['pt-BR', 2], ['pt', 1]],
    girls: list('Beatriz, Inês, Larissa'),
    boys: list('Thiago, João, Rui'),
    families: list('Gonçalves, Moreira, Tavares, Araújo'),
  },
  fr: {
    kind: 'shared',
    script: 'Latn',
    speaks: [['fr', 1]],
    girls: list('Grâce, Aïcha, Mariam, Espérance'),
    boys: list('Mamadou, Christian, Ibrahima, Noé'),
    families: list('Diallo, Mbala, Camara, Ilunga, Bah'),
  },
  en: {
    kind: 'married',
    feminine: same,
    script: 'Latn',
    speaks: [['en', 1]],
    girls: list('Blessing, Akosua, Favour'),
    boys: list('Emmanuel, Kwame, Chidi'),
    families: list('Mensah, Okafor, Boateng'),
  },
  bg: {
    kind: 'married',
    feminine: (name, own) => (own ? `${name}а` : `${name}a`),
    script: 'Cyrl',
    speaks: [['bg', 1]],
    girls: list('Desislava|Десислава, Gergana|Гергана, Tsvetelina|Цветелина, Raya|Рая'),
    boys: list('Stoyan|Стоян, Hristo|Христо, Kaloyan|Калоян, Plamen|Пламен'),
    families: list('Dimitrov|Димитров, Kolev|Колев, Todorov|Тодоров, Yankov|Янков'),
  },
  ro: {
    kind: 'married',
    feminine: same,
    script: 'Latn',
    speaks: [['ro', 1]],
    girls: list('Ioana, Andreea, Mihaela, Ștefania'),
    boys: list('Răzvan, Cătălin, Ionuț, Vlad'),
    families: list('Munteanu, Ionescu, Drăgan, Ciobanu'),
  },
  lt: {
    kind: 'married',
    feminine: (name) => name.replace(/as$/, 'ienė'),
    script: 'Latn',
    speaks: [['lt', 1]],
    girls: list('Gabija, Eglė'),
    boys: list('Lukas, Mantas'),
    families: list('Petrauskas, Jankauskas'),
  },
  id: {
    kind: 'shared',
    script: 'Latn',
    speaks: [['id', 1]],
    girls: list('Putri, Sari, Dewi'),
    boys: list('Budi, Agus, Rizky'),
    families: list('Santoso, Wijaya, Siregar'),
  },
};

// Lithuanian daughters bend the name otherwise than their mothers do.
export const daughter = { lt: (name) => name.replace(/as$/, 'aitė') };

// Staff: given, infix, family, and whether families say mw. or dhr.
export const dutch = {
  women: list('Anneke, Marieke, Judith, Femke, Saskia, Wendy, Ilse, Hanneke, Roos, Lieke, Carla, Petra, Sanne, Esther'),
  men: list('Jeroen, Pieter, Wouter, Bram, Sjoerd, Ruud, Thijs, Koen, Maarten, Hugo, Erik, Joost'),
  families: list(`|Bakker, |Dijkstra, van der|Meulen, |Hoekstra, |Postma, de|Groot, van|Dijk, |Kuipers, |Veenstra, |Wiersma,
    van den|Berg, |Zijlstra, |Mulder, ter|Horst, |Smit, |Jonker, |Wolters, van|Leeuwen, |Scholten, |Huizinga, de|Haan,
    |Brouwer, |Vos, van|Houten, |Kok, |Evers, |Timmer, |Dekker, |Prins, |Hofman, |Drent, |Blaauw, |Schuur, |Reitsma,
    |Kramer, |Bos, |Wagenaar, |Nauta`),
};
