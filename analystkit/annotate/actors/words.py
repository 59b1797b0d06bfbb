"""Words that tell names apart: which capitalised words are none, and which say what kind of name they belong to."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that open sentences, in lower case; at the start of a sentence their capital means nothing.
OPENERS: Final = _words("""
    a about above according across actually after afterwards again against ago ahead all almost alone along already
    also although always amid amidst among an and another any anybody anyone anything apart are around as aside ask
    at away back be because been before behind being below beneath beside besides best better between beyond big both
    brief briefly but by call can clearly come compared considering could critics currently dear despite did do does
    doing don done down due during each early earlier either else elsewhere enough especially even eventually ever
    every everybody everyone everything exactly except far few fewer finally first five following for forty four
    fresh from full further generally get give given giving go going good got had half has have having he hello hence
    her here high him his hopefully how however hundreds i if in including indeed initially inside instead into is it
    its itself just keep last late later latest least less let like likewise little live long look low made make many
    may maybe me meanwhile might million millions more moreover most mostly much must my near nearly neither never
    nevertheless new next nine no nobody none nonetheless nor not nothing now nowadays of off officials often ok old
    on once one only onto opposite or other others our out outside over overall own part people per perhaps please
    possibly presumably previously quite rather read reading really recent recently reportedly right said same say
    says second see seeing seen set seven several shall she short should similar similarly since six so some somebody
    someone something sometimes soon sources state states still such suddenly take taken ten than thanks that the
    their them then there thereafter therefore these they third this those though thousands three through throughout
    thus thursday till to today together tomorrow tonight too top toward towards traditionally trade turning twelve
    twenty two ultimately under unfortunately unless unlike until unusually up upon us usually very via was we well
    were what whatever when whenever where whereas wherever whether which while who whoever whole whom whose why will
    with within without worse would year years yes yesterday yet you young your analysts experts residents police
    government governments ministers leaders lawmakers troops workers students women men children doctors scientists
    researchers investors traders economists farmers companies companys markets prices sales exports imports talks
    oil gold wheat corn copper crude shares stocks profits earnings net gross total operating revs avg note qtr shr
    cts dlrs mln bln vs nil div record prior pay payable nine-month six-month results annual quarterly
    foreign-ministry relations tensions negotiations opposition security military nuclear human civil international
    national local federal global public private political economic financial social world regional rising growing
    related photo image file updated published share follow subscribe advertisement watch listen click comments
    congratulations evidence analysis opinion editorial review news report reports reporting story background
    question answer interview correction exclusive breaking critics diplomats observers
""")

#: Capitalised words that are parts of no actor's name, wherever they stand.
NOT_NAMES: Final = _words("""
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
    January February March April May June July August September October November December
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
    Christmas Easter Ramadan Passover Eid Hanukkah Thanksgiving Halloween
    European Europeans African Africans Asian Asians Arab Arabs Arabic Korean Koreans Western Westerners Eastern
    Northern Southern Latin Nordic Scandinavian Balkan Baltic Caribbean Slavic Slavs Chechen Chechens Kurd Kurds
    Kurdish Tibetan Tibetans Uighur Uighurs Uyghur Uyghurs Scottish Scots Scot Welsh English Englishman Persian
    Tamil Tamils Sinhalese Hausa Yoruba Igbo Tutsi Tutsis Hutu Hutus Rohingya Roma Tatar Tatars Cossack Cossacks
    Zulu Xhosa Pashtun Pashtuns Punjabi Bengali Kashmiri Kashmiris Sicilian Basque Catalan Berliner Londoner Londoners
    Muslim Muslims Islamic Islamist Islamists Islam Christian Christians Christianity Catholic Catholics Protestant
    Protestants Orthodox Jewish Jew Jews Judaism Hindu Hindus Hinduism Buddhist Buddhists Buddhism Sunni Sunnis Shia
    Shias Shiite Shiites Shi'ite Shi'ites Sikh Sikhs Druze Alawite Alawites Yazidi Yazidis Moslem Moslems Mormon Zionist
    Zionists Allah God Bible Koran Quran Qur'an Torah Communist Communists Communism Marxist Maoist Nazi Nazis Stalinist
    Fascist Conservative Conservatives Liberal Liberals Democrat Democrats Democratic Republican Socialist
    Socialists Nationalist Nationalists Green Greens Olympic Olympics Olympian Nobel Internet Web TV Covid COVID
    Covid-19 COVID-19 Coronavirus Omicron Ebola AIDS HIV DNA GDP GNP CPI ICBM ICBMs SLBM HQ ID IQ PC CD DVD AI IT PR OK
    AM PM BC AD GMT EST EDT PST UTC ET BST CEST KST MP MPs MEP MEPs CEO CEOs CFO PhD VIP NGO NGOs IPO GPS SMS URL HTML
    PDF FAQ DIY LGBT LGBTQ UFO UFOs EV EVs LNG LPG VAT ICU CCTV PPE PCR TB SUV SUVs II III IV VI VII VIII IX XI XII XIV
    XVI Bitcoin Brent WTI Euro Euros Dollar Yen Euro-zone Eurozone Cold Renaissance Brexit Mr Mrs Ms
    Hwasong Hwasal Pukguksong Malligyong Chollima Iskander Patriot Javelin Himars HIMARS THAAD Tomahawk Kalashnikov
    F-16 F-35 B-52 MiG Kalibr Shahed Telegram-channel Photo Image Read Share Follow Updated Published
    English-language Korean-language Internet-based North-South East-West
    HTTP HTTPS WWW Copyright Dlrs Dlr Mln Bln Cts Pct Shr Revs Qtr Avg Vs Oper Article Articles Chapter Section Page
    Figure Table Part Phase Stage Level Group Hindi Urdu Mandarin Cantonese Swahili Pashto Farsi Latin Inuktitut Inuit
    Aboriginal Aborigines Maori Mayan Indigenous ATM ATMs MW GW KW CM ICT VPN MLA NDA BA MA MBA USD GBP EUR RMB MHz GHz
    HR PMI ETF ETFs STEM PIN QR SIM LED UHF VHF FM USB ASAP RIP VR OTT EST POW POWs WMD WMDs IED IEDs UAV UAVs UXO LRA
    Highness Majesty Excellency Honourable Honorable
""")

#: Last words of bodies: what stands before them (and after "of", "for") belongs to the name.
ORGANISATION_HEADS: Final = _words("""
    Academy Administration Agency Airlines Airways Alliance Army Assembly Associates Bros Brothers
    Association Authority Bancorp Bank
    Banks Battalion Board Brigade Brigades Brotherhood Bureau Cabinet Caucus Center Centre Chamber Church Club
    Co Co. Coalition College Command Commission Committee Company Confederation Conference Congress Consortium
    Cooperative Corp Corp. Corporation Corps Council Court Department Directorate Division Embassy Enterprise
    Enterprises Exchange Federation Fleet Force Forces Foundation Front Fund Government Group Guard Guards Holding
    Holdings Hospital House Inc Inc. Industries Institute Institution Insurance International Laboratories Laboratory
    League Legion Limited Ltd Ltd. Ministry Mission Motors Movement Museum Navy Network Observatory Office Orchestra
    Organisation Organization Parliament Partners Party Petroleum Plc PLC Police Press Regiment
    Regime School Secretariat Securities Senate Service Services Society Staff Studios Syndicate Systems
    Technologies Team Trust Tribunal Union University Unit Volunteers Workshop Works Tours Headquarters Bancshares Resources
    Steel Airline Bancorporation Financial Communications Electronics Pharmaceuticals Taskforce Militia Mosque
    Theatre Theater Tribune Gazette Herald Telegraph Chronicle Courier Journal Times Post Magazine Daily Weekly
    Broadcasting Television Radio News Media United City's Rovers Wanderers FC SA AG NV GmbH SpA AB AS Oy
""") - {"City's", "AS"}

#: Bodies whose name goes on behind "of" or "for" ("Ministry of Culture and Sports", "Institute for Peace").
OPEN_HEADS: Final = _words("""
    Academy Administration Agency Alliance Army Assembly Association Authority Bank Board Bureau Center Centre Chamber
    Church College Commission Committee Confederation Conference Congress Council Court Department Directorate Embassy
    Federation Foundation Front Fund Government House Institute Institution Laboratory League Ministry Mission Movement
    Museum Office Organisation Organization Parliament Party School Secretariat Service Society Tribunal Union
    University Volunteers
""")

#: These are the last word of a body only where no further capitalised word follows ("Amnesty International").
CLOSING_HEADS: Final = _words("""
    Broadcasting Chronicle Communications Courier Daily Electronics Financial Force Gazette Herald Insurance International
    Journal Magazine Media Network News Petroleum Post Press Radio Resources Securities Staff Steel Systems Team
    Telegraph Television Times Tribune United Unit Weekly Works Workshop
""")

#: Legal forms at the end of a company's name; they tell no two companies apart.
LEGAL_FORMS: Final = _words(
    "Co Co. Corp Corp. Corporation Company Inc Inc. Limited Ltd Ltd. Plc PLC plc AG NV SA GmbH SpA AB"
)

#: Titles that are also parts of names of bodies ("General Motors Corp").
TITLES_IN_BODIES: Final = _words(
    "General King Queen Prince Major Captain Justice Chief Lord Marshal Professor Speaker Judge"
)

#: Months that are also family names, behind a given name ("Theresa May").
MONTHS_AS_NAMES: Final = frozenset({"April", "May", "June", "August"})

#: Of these, the name may also go on behind "on" ("Committee on Foreign Relations").
ON_HEADS: Final = _words("Commission Committee Conference Council Center Centre Office")

#: No name of a body reaches over these words.
NEVER_IN_BODIES: Final = _words("""
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September
    October November December The A An In On At But And If When While After Before As For
""")

#: These name a body also when they stand alone.
LONE_HEADS: Final = _words("Cabinet Parliament")

#: "People's", "Workers'" ... do not end a name.
OWNERS: Final = _words(
    "People Workers Peoples Women Men Children Farmers Veterans King Queen Mothers Teachers Students"
)

#: Last words of places, and first words of places.
PLACE_HEADS: Final = _words("""
    Airport Archipelago Avenue Bay Beach Bridge Canal Cape Cathedral Cemetery City Coast County Creek Crossing Delta
    Desert District Dam Falls Field Forest Garden Gardens Gulf Harbor Harbour Heights Hill Hills Island Islands Isle
    Isles Lake Mountain Mountains Mount Oblast Ocean Palace Park Pass Peak Peninsula Plain Plains Plateau Plaza Port
    Prefecture Province Region Republic Reservoir River Road Sea Springs Square Stadium State Station Strait Street
    Territories Territory Tower Town Township Tunnel Valley Village Volcano Ridge Castle
""")
PLACE_OPENERS: Final = _words(
    "Mount Mt Mt. Lake Cape Fort Port Camp San Santa Santo Saint St St. Sao São Los Las El Puerto New"
)

#: A name that ends in one of these is an event, a document or a thing: no actor.
THING_HEADS: Final = _words("""
    Accord Accords Act Affairs Agenda Agreement Amendment Anniversary Award Awards Bill Bond Bonds Bowl Census
    Championship Championships Charter Code Constitution Convention Crisis Cup Day Days Declaration Defence Defense Deal
    Dialogue Dream Economy Education Era Exhibition Expo Fair Famine Festival Final Finals Forum Framework Future Games
    Gate Health History Holocaust Index Initiative Intifada Law Laws Marathon Masters Medal Month Night Open Operation
    Order Pact Peace Plan Policy Prix Prize Programme Program Project Protocol Race Rally Reform Report Resolution
    Revolution Rights Round Rule Rules Scheme Science Season Series Sports Spring Storm Strategy Studies Style Summit
    Syndrome System Talks Technology Test Theory Tour Tournament Treaty Trial Trophy Uprising Virus Vision War Wars Week
    World Year Years Zone Culture Cultural Affair Relations Security Trade Development Research Energy Agriculture
    Industry Commerce Finance Justice Interior Planning Environment Tourism Transport Labor Human Dam Railway Express
    Corridor Road-map Belt Strip Wall Special Economic Foreign National Supreme Central Great Grand First Second Third
    Global International Joint Public Federal Royal Shield Edge Freedom Culture Cultures Beauty Partnership Women Men
    Consultative Consult Meeting Mine Terminal Flight Show Cruiser Resolutions Forward Savings Rate Stocks Total Units
    Class Grade Series Dealers Analysts Brokers Exporters Farmers Importers Officials
""")

#: A name that ends in one of these is an event or a document, whoever found it: no actor, unless a list says so.
EVENT_HEADS: Final = _words("""
    Accord Accords Act Agreement Award Awards Championship Championships Cup Exhibition Expo Festival Forum Games Marathon
    Pact Prize Protocol Summit Treaty
""")

#: Small words that may stand inside a person's name, as they stand between two capitalised words.
PARTICLES: Final = frozenset({
    "bin", "bint", "ibn", "ben", "al", "el", "ul", "ur", "van", "van der", "van den", "van de", "von", "von der", "de",
    "de la", "de los", "del", "della", "di", "da", "das", "dos", "do", "du", "des", "la", "le", "ter", "ten", "zu", "y",
    "es",
})  # fmt: skip

#: Other small words that may stand inside the name of a body or a place.
LINKS: Final = _words("s of for the and in on to de la le les der des del y e et und am")

#: The last of a lower-case word (or two) before a name says it is a place.
PLACE_CUES: Final = _words("""
    in near outside around northern southern eastern western central downtown across throughout inside toward towards
    northeastern northwestern southeastern southwestern north-eastern north-western south-eastern south-western into
""")
PLACE_NOUNS: Final = _words("""
    city town village region province district oblast state port county prefecture island peninsula capital border
    territory suburb airport area river coast republic governorate municipality
""")
#: These stand before the name of a place and are no part of it, unless a list says so.
DIRECTIONS: Final = _words("""
    north south east west central northern southern eastern western northeastern northwestern southeastern southwestern
    north-eastern north-western south-eastern south-western northeast northwest southeast southwest mainland
""")
#: Verbs and nouns that follow a person's name.
PERSON_CUES: Final = _words("""
    said says told added who whose replied insisted argued asked wrote writes recalled explained admitted denied
    believes thinks himself herself smiled claimed vowed resigned testified tweeted noted stressed continued
    concluded warned scored
""")
#: Nouns that follow a person's name with "'s".
PERSON_BELONGINGS: Final = _words("""
    wife husband son daughter mother father brother sister family parents uncle aunt niece nephew widow death birthday
    lawyer lawyers predecessor successor career childhood visit remarks comments speech book resignation
""")
#: Nouns that follow the name of a body.
ORGANISATION_CUES: Final = _words("""
    officials official spokesman spokeswoman spokesperson shares employees executives executive fighters militants
    members lawmakers rebels leadership stock subsidiary unit reported announced acquired troops forces
""")

#: Adjectives and nouns that may stand inside a role ("deputy foreign minister", "former natural resources minister").
ROLE_MODIFIERS: Final = _words("""
    acting assistant chief co-founder cultural culture defence defense deputy dissident economic economy education energy
    environment ethnic ex executive exiled external far-right finance foreign former general government health
    home-affairs incoming interim interior internal jailed junior justice labor labour late left-wing long-time longtime
    managing military national natural naval newly new nuclear opposition outgoing party police political presidential
    press prime regional relations religious resources retired right-wing ruling secretary security senior special spy
    state supreme then top tourism trade transport treasury unification veteran vice
    intelligence army navy rebel union labour-party central bank affairs founding elected appointed disgraced designated
""")

#: Lower-case words over which no role reaches ("the", "said").
NEVER_IN_ROLES: Final = _words("""
    the a an and or of to in on at by with for from that as his her its their said says told met but when while between
    against after before since than like is was are were be been had has have not who where if
""")

#: Second halves of compounds ("US-led"); other short words behind a hyphen may be part of a name ("Jong-un").
COMPOUND_ENDINGS: Final = _words("""
    led based born run made style wide level era only free like type size sized rich poor bound owned held built year
    day week month hour old in on up off to by out over and or the s wing term page time side era area born men man
""")

#: Syllables of Korean given names as they are written in English news, lower case.
KOREAN_SYLLABLES: Final = _words("""
    a ae ah bae baek beom bin bo bok bom bong bum byong byung chae chan chang che chin cho chol chon chong choon chu chul
    chun chung dae deok do dong doo duk eok eon eui eun eung geol geon geun gi gil gon gu guk gun gwan gwang gyeong gyu
    gyun ha hae hak han hang ho hon hong hoon hu hui hun hwa hwan hwang hye hyo hyok hyon hyong hyeok hyeon hyuk hyun
    hyung hee hyang i ik il im in ip ja jae jang je jeong ji jik jin jo jong joo joon ju juk jun jung ka kang ki kil ko
    kon kook ku kuk kun kwan kwang kwon kyo kyong kyu kyun kyung kyon man mi min mo mok mong moo moon mu muk mun my myong
    myung nae nam ni no o ok pae pal pil pok pom pong pyo pyong ra rae rak ran rang re ri rim ro rok rong ryol ryong ryon
    ryul sam san sang se seo seok seon seong seop seung shik shin si sik sil sim sin so sok sol som son song soo sop su
    suk sul sun sung sup tae taek tak thae to tok tong tu tuk u ui uk un ung wan woo wol won woon woong wook yang ye yeol
    yeon yeong yo yok yol yon yong yop yoon yu yul yun yung young
""")

#: Forms of address before a name, in lower case without full stops; the state they belong to goes with them.
HONORIFICS: Final = _words("""
    mr mrs ms miss dr sir dame madam lord lady rev prof gen col capt lt sgt sen rep gov pres former ex-president then
""")

#: Small words inside names, in lower case; behind any other word in lower case another name begins.
INSIDE_NAMES: Final = _words("""
    of for and the on in to de la le du da do dos das di del della el al bin ibn abu van von der den ter y e & at
    against with by
""")

#: A place with one of these words behind it is the place itself: not so "Mexico City" or "Panama Canal".
PLACE_TAILS: Final = _words("River Airport Province Region Oblast Prefecture Krai Governorate")

#: Last words of companies that a text leaves out when it names them again.
INDUSTRIES: Final = _words("""
    Airlines Airways Automotive Electronics Pharmaceuticals Technologies Communications Entertainment
    Capital Management
""")

#: Before a place these name a part of it, which is a place of its own: "northern India".
PARTS_OF_PLACES: Final = _words("northern southern eastern western central north south east west upper lower")

#: Words that open a description of somebody rather than a name.
DETERMINERS: Final = _words("the a an another this that its his her their our")

#: Directly before a capital these say that it is a place there; and these that it is a government.
LOCATING_WORDS: Final = _words("""
    in at near to from outside around into through throughout across toward towards of de via inside over above beyond
    leave left leaving visit visited visiting reach reached reaching enter entered entering besieged bombed attacked
    downtown central greater north south east west northern southern eastern western
""")
TYING_WORDS: Final = _words("between with by against urged told asked pressed warned accused")
