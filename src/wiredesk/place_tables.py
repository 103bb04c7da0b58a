"""Closed lists for the gazetteer: facts that GeoNames lacks or that wire style decides.

Plain text, so that an editor can check and extend it. Lists of pairs are written ``name code``,
the code last; groups are written ``target: name, name``. All names are folded when they are read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _split(text: str) -> list[str]:
    return text.strip().replace("\n", "|").split("|")


# Letters that Unicode does not take apart.
LETTERS = str.maketrans(
    {
        "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
        "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th",
        "ə": "a", "Ə": "A", "ħ": "h", "Ħ": "H",
    }
)  # fmt: skip

EXPAND = {"ST": "SAINT", "STE": "SAINTE", "FT": "FORT", "MT": "MOUNT"}
STATE = re.compile(r"(.+?) ([A-Z]{2})(?: (.+))?$")

# --- Read only when the data file is built ---------------------------------------------------

ALTERNATES_FROM = 2000  # inhabitants; below that, alternate names are mostly registry variants
# Where small places make news and English has no settled spelling for them.
THIN = _words("AF IQ SY YE PS LB LY SD SS SO ML NE TD CF CD ET ER UA GE AZ AM XK MM NP")
ARTICLE = _words("IQ SY YE SA EG LY JO LB AE OM KW QA BH SD PS IL DZ TN MA")

# Territories: their capitals do not stand alone (HAMILTON is in Ontario before Bermuda).
DEPENDENT = _words(
    "AS AI AW BM VG KY CK FK FO GF GG GI GL GP GU IM JE MQ MS NC NF NU PF PM PN PR RE SH SJ SX TC"
    " TK VI WF YT AX BL BQ CW MF EH AQ"
)

# Capitals that GeoNames' country table spells otherwise than its cities, or has moved.
CAPITALS = {"KZ": "Astana", "PW": "Ngerulmud", "CW": "Willemstad", "EH": "", "GD": "St. George's"}

# Division names that are words of direction in many countries.
TOO_GENERAL = _words(
    "CENTRAL CENTRE CENTER EAST WEST NORTH SOUTH EASTERN WESTERN NORTHERN SOUTHERN NORD SUD EST"
    " OUEST NORTE SUR ESTE OESTE SUL LITTORAL CAPITAL UPPER LOWER NORTHEAST NORTHWEST"
)

# Display names, by GeoNames name and country, where English wire copy prints another one.
DISPLAY: dict[tuple[str, str], str] = {
    (name, country): shown
    for line in """
New York City US=New York|‘Ayn al ‘Arab SY=Kobani|Köln DE=Cologne|Hannover DE=Hanover
Sevilla ES=Seville|Frankfurt am Main DE=Frankfurt|Saint Petersburg RU=St Petersburg
Québec CA=Quebec City|Makkah SA=Mecca|Madinah SA=Medina|Basrah IQ=Basra
Nizhniy Novgorod RU=Nizhny Novgorod|Ulan Bator MN=Ulaanbaatar|Nay Pyi Taw MM=Naypyitaw
Hargeysa SO=Hargeisa|Zaporizhzhya UA=Zaporizhzhia|Kryvyy Rih UA=Kryvyi Rih|Mykolayiv UA=Mykolaiv
Homyel' BY=Gomel|Vinnytsya UA=Vinnytsia|Ar Raqqah SY=Raqqa|Al Hillah IQ=Hilla
Al Ḩasakah SY=Hasakah|Ḩamāh SY=Hama|Al Ḩudaydah YE=Hodeidah|Mek'ele ET=Mekelle|Orūmīyeh IR=Urmia
Al Ain City AE=Al Ain|León de los Aldama MX=Leon|Santiago de Querétaro MX=Queretaro
Acapulco de Juárez MX=Acapulco|Heroica Matamoros MX=Matamoros|Xalapa de Enríquez MX=Xalapa
Victoria de Durango MX=Durango|Santa Cruz de la Sierra BO=Santa Cruz
San Miguel de Tucumán AR=Tucuman|Bern CH=Bern|Luzern CH=Lucerne|Port-Vila VU=Port Vila
Davao PH=Davao|Zamboanga PH=Zamboanga|Biel/Bienne CH=Biel|Newcastle upon Tyne GB=Newcastle
Al Fāshir SD=El Fasher|Surt LY=Sirte|Dar‘ā SY=Deraa|Al Fallūjah IQ=Fallujah|Ar Ramādī IQ=Ramadi
Firenze IT=Florence|Genève CH=Geneva|Al Manāmah BH=Manama|Århus DK=Aarhus
Ts’khinvali GE=Tskhinvali|Gent BE=Ghent|Brugge BE=Bruges|Baqubah IQ=Baquba|Misratah LY=Misrata
Janīn PS=Jenin|Mitrovicë XK=Mitrovica|Panjim IN=Panaji|Sankt Gallen CH=St. Gallen
Slovyansk UA=Sloviansk|Sokhumi GE=Sukhumi|Braunschweig DE=Brunswick|Saint Paul US=St. Paul
Sylt-Ost DE=Sylt
""".strip().splitlines()
    for entry in line.split("|")
    for full, _, shown in [entry.partition("=")]
    for name, _, country in [full.rpartition(" ")]
}

# Today's name and country: former names and names in other languages that must resolve even
# where a smaller place has the same main name (VIENNE is also a town on the Rhone).
EXONYMS = """
New York US: New York, NYC, Nueva York, Nova York, New York City
Washington US: Washington DC, Washington D C
Beijing CN: Peking, Pekin, Pékin, Pechino, Pekín, Peiping
Guangzhou CN: Canton, Kanton
Shenyang CN: Mukden
Nanjing CN: Nanking
Tianjin CN: Tientsin
Chongqing CN: Chungking
Qingdao CN: Tsingtao
Xiamen CN: Amoy
Dalian CN: Dairen
Chengdu CN: Chengtu
Ürümqi CN: Urumchi, Urumqi
Lhasa CN: Lhassa
Shanghai CN: Schanghai, Shangai
Hong Kong HK: Hongkong
Macau MO: Macao
Taipei TW: Taipeh, Taibei
Kaohsiung TW: Gaoxiong
Mumbai IN: Bombay
Kolkata IN: Calcutta, Kalkutta
Chennai IN: Madras
Bengaluru IN: Bangalore
Pune IN: Poona
Varanasi IN: Benares, Banaras
Vadodara IN: Baroda
Thiruvananthapuram IN: Trivandrum
Kochi IN: Cochin
Gurugram IN: Gurgaon
Prayagraj IN: Allahabad
Mysuru IN: Mysore
Mangaluru IN: Mangalore
Puducherry IN: Pondicherry
Visakhapatnam IN: Vizag
New Delhi IN: Neu-Delhi, Nouvelle-Delhi, Nueva Delhi, Nuova Delhi
Dhaka BD: Dacca
Chattogram BD: Chittagong
Yangon MM: Rangoon, Rangun
Ho Chi Minh City VN: Saigon, Saïgon, Ho Chi Minh, Ho-Chi-Minh-Stadt
Hanoi VN: Hanoï
Phnom Penh KH: Pnom Penh
Jakarta ID: Djakarta, Batavia, Giacarta, Yakarta
Busan KR: Pusan
Daegu KR: Taegu
Daejeon KR: Taejon
Incheon KR: Inchon
Gwangju KR: Kwangju
Seoul KR: Séoul, Seúl, Seul
Tokyo JP: Tokio
Ulan Bator MN: Ulaanbaatar, Ulan Bator, Oulan-Bator
Kyiv UA: Kiev, Kiew, Kiova
Kharkiv UA: Kharkov, Charkow
Odesa UA: Odessa
Lviv UA: Lvov, Lemberg, Leopoli
Dnipro UA: Dnepropetrovsk, Dnipropetrovsk
Zaporizhzhya UA: Zaporizhzhia, Zaporozhye, Saporischschja
Mykolayiv UA: Mykolaiv, Nikolayev
Chornobyl UA: Chernobyl, Tchernobyl, Tschernobyl
Moscow RU: Moscou, Moskau, Moscú, Mosca, Moskva
Saint Paul US: St. Paul
Saint Petersburg RU: Leningrad, St. Petersburg, Petrograd, Saint-Pétersbourg, Sankt Petersburg
Saint Petersburg RU: San Petersburgo, San Pietroburgo
Nizhniy Novgorod RU: Gorky, Gorki, Nizhny Novgorod
Yekaterinburg RU: Sverdlovsk, Ekaterinburg
Volgograd RU: Stalingrad
Samara RU: Kuibyshev, Kuybyshev
Kaliningrad RU: Königsberg
Vladivostok RU: Wladiwostok
Minsk BY: Mensk
Homyel' BY: Gomel
Hrodna BY: Grodno
Brest BY: Brest-Litovsk
Chisinau MD: Kishinev, Chişinău
Tbilisi GE: Tiflis
Almaty KZ: Alma-Ata
Astana KZ: Nur-Sultan, Tselinograd, Akmola
Bishkek KG: Frunze
Dushanbe TJ: Stalinabad
Yerevan AM: Erivan, Erevan, Eriwan
Ashgabat TM: Ashkhabad
Tashkent UZ: Taschkent
Vilnius LT: Wilna, Vilna
Tallinn EE: Tallin, Reval
Riga LV: Rīga
Warsaw PL: Varsovie, Warschau, Varsovia, Varsavia, Warszawa
Gdańsk PL: Danzig
Wrocław PL: Breslau
Kraków PL: Cracow, Krakau, Cracovie, Cracovia
Poznań PL: Posen
Szczecin PL: Stettin
Łódź PL: Lodz
Oświęcim PL: Auschwitz
Prague CZ: Prag, Praga, Praha
Brno CZ: Brünn
Pilsen CZ: Plzen, Plzeň
Bratislava SK: Pressburg
Budapest HU: Budapesth
Bucharest RO: Bucarest, Bukarest, București
Sofia BG: Sofía
Belgrade RS: Belgrad, Belgrado, Beograd
Zagreb HR: Zagabria, Agram
Dubrovnik HR: Ragusa Dalmatia
Ljubljana SI: Laibach, Lubiana
Skopje MK: Skopie
Podgorica ME: Titograd
Pristina XK: Prishtina, Priština, Prishtinë
Athens GR: Athen, Athènes, Atenas, Atene, Athinai
Thessaloníki GR: Salonika, Salonica, Thessaloniki, Salonique, Saloniki
Piraeus GR: Pirée, Piräus
Istanbul TR: Constantinople, Estambul
İzmir TR: Smyrna
Ankara TR: Angora
Nicosia CY: Nikosia, Nicosie
Vienna AT: Vienne, Wien, Viena
Basel CH: Basle, Bâle, Basilea
Geneva CH: Genf, Genève, Ginebra, Ginevra
Zürich CH: Zurich, Zurigo, Zúrich
Bern CH: Berne, Berna
Luzern CH: Lucerne, Lucerna
Biel/Bienne CH: Biel, Bienne
Lausanne CH: Losanna, Lausana
Berlin DE: Berlín, Berlino, East Berlin, West Berlin, Ost-Berlin
Munich DE: München, Múnich, Monaco di Baviera, Muenchen
Köln DE: Cologne, Koln, Koeln, Colonia
Frankfurt am Main DE: Frankfurt, Francfort, Fráncfort, Francoforte, Frankfurt/Main
Frankfurt (Oder) DE: Frankfurt/Oder
Hamburg DE: Hambourg, Hamburgo, Amburgo
Nuremberg DE: Nürnberg, Norimberga
Hannover DE: Hanover, Hanovre
Düsseldorf DE: Dusseldorf, Duesseldorf
Chemnitz DE: Karl-Marx-Stadt
Leipzig DE: Lipsia
Dresden DE: Dresde, Dresda
Stuttgart DE: Stoccarda
Bremen DE: Brême, Brema
Mainz DE: Mayence, Magonza
Trier DE: Trèves
Aachen DE: Aix-la-Chapelle, Aquisgrán
Braunschweig DE: Brunswick
London GB: Londres, Londra
Edinburgh GB: Edimbourg, Edimburgo
Dublin IE: Dublín, Dublino
Cork IE: Corcaigh
Paris FR: París, Parigi
Lyon FR: Lyons, Lione
Marseille FR: Marseilles, Marsella, Marsiglia
Nice FR: Nizza
Strasbourg FR: Straßburg, Strassburg, Estrasburgo, Strasburgo
Bordeaux FR: Burdeos
Toulouse FR: Tolosa Francia
Le Havre FR: Havre
Reims FR: Rheims
Dunkirk FR: Dunkerque, Dünkirchen
Brussels BE: Bruxelles, Brüssel, Bruselas, Brussel
Antwerp BE: Anvers, Antwerpen, Amberes, Anversa
Gent BE: Ghent, Gand
Brugge BE: Bruges, Brügge, Brujas
Liège BE: Lüttich, Lieja, Liegi
Leuven BE: Louvain
Ostend BE: Ostende, Oostende
The Hague NL: La Haye, Den Haag, La Haya, L'Aia, Hague
Amsterdam NL: Ámsterdam
Luxembourg LU: Luxemburg, Luxemburgo, Lussemburgo
Copenhagen DK: Copenhague, Kopenhagen, Copenaghen, Kobenhavn
Stockholm SE: Estocolmo, Stoccolma
Gothenburg SE: Göteborg, Goteborg, Gotemburgo
Oslo NO: Christiania Norway
Helsinki FI: Helsingfors
Turku FI: Aabo
Reykjavík IS: Reykjavik
Rome IT: Roma, Rom
Milan IT: Milano, Mailand, Milán
Turin IT: Torino, Turín
Naples IT: Napoli, Neapel, Nápoles
Venice IT: Venezia, Venise, Venedig, Venecia
Florence IT: Firenze, Florenz, Florencia
Genoa IT: Genova, Gênes, Genua, Génova
Bologna IT: Bologne, Bolonia
Padua IT: Padova, Padoue
Livorno IT: Leghorn
Trieste IT: Triest
Madrid ES: Madrid
Barcelona ES: Barcelone, Barcellona
Sevilla ES: Seville, Séville, Siviglia
Zaragoza ES: Saragossa
Córdoba ES: Cordova Spain
Donostia / San Sebastián ES: Donostia, San Sebastian
George Town MY: Penang
A Coruña ES: La Coruña, Corunna
Bilbao ES: Bilbo
Lisbon PT: Lisbonne, Lissabon, Lisboa, Lisbona
Porto PT: Oporto
Vatican City VA: Cité du Vatican, Vatikanstadt, Ciudad del Vaticano, Città del Vaticano, The Vatican
Valletta MT: La Valette, La Valeta
Jerusalem IL: Jérusalem, Jerusalén, Gerusalemme
Tel Aviv IL: Tel Aviv-Yafo, Tel-Aviv
Gaza PS: Gaza City, Gaza Stadt, Ciudad de Gaza
Ramallah PS: Ramala
Janīn PS: Jenin, Dschenin
Mitrovicë XK: Mitrovica
Derry GB: Londonderry
Beirut LB: Beyrouth, Beyrut
Damascus SY: Damas, Damaskus, Damasco
Aleppo SY: Alep, Alepo, Halab
‘Ayn al ‘Arab SY: Kobani, Kobane, Kobanî, Ain al-Arab
Al Qāmishlī SY: Qamishli, Kamishli
Homs SY: Hims
Baghdad IQ: Bagdad
Mosul IQ: Mossoul, Mossul
Erbil IQ: Arbil, Irbil, Hewler
Basrah IQ: Basra, Bassora
Tehran IR: Téhéran, Teheran, Teherán
Cairo EG: Le Caire, Kairo, El Cairo, Il Cairo
Alexandria EG: Alexandrie
Sharm el-Sheikh EG: Sharm El Sheikh, Charm el-Cheikh
Algiers DZ: Alger, Algier, Argel, Algeri
Tunis TN: Túnez, Tunisi
Tripoli LY: Trípoli
Benghazi LY: Bengasi
Khartoum SD: Khartum, Jartum
El Fasher SD: Al-Fasher, El Fashir
Addis Ababa ET: Addis-Abeba, Addis Abeba
N'Djamena TD: Fort Lamy
Kinshasa CD: Leopoldville, Léopoldville
Lubumbashi CD: Elisabethville
Kisangani CD: Stanleyville
Maputo MZ: Lourenco Marques
Banjul GM: Bathurst Gambia
Bujumbura BI: Usumbura
Malabo GQ: Santa Isabel Equatorial Guinea
Sanaa YE: San'a, Sana'a, Saana
Riyadh SA: Riad, Riyad
Jeddah SA: Djeddah, Dschidda, Jiddah
Makkah SA: Mecca, La Mecque, Mekka
Madinah SA: Medina
Kuwait City KW: Koweït-Ville
Manama BH: Al-Manama
Muscat OM: Mascate, Maskat
Kabul AF: Kaboul
Karachi PK: Karatschi
Faisalabad PK: Lyallpur
Colombo LK: Kolombo
Sri Jayewardenepura Kotte LK: Kotte
Mexico City MX: Mexico DF, Ciudad de México, Mexiko-Stadt, Città del Messico
Guatemala City GT: Ciudad de Guatemala
Panama City PA: Ciudad de Panamá
Havana CU: La Havane, Havanna, La Habana, L'Avana
Santo Domingo DO: Saint-Domingue, Ciudad Trujillo
Port-au-Prince HT: Puerto Príncipe
Bogotá CO: Bogota, Santa Fe de Bogota
Brasília BR: Brasilia
São Paulo BR: Sao Paulo, San Paolo, San Pablo Brazil
Belém BR: Belem, Para Brazil
Québec CA: Quebec City, Quebec
Montréal CA: Montreal
Gqeberha ZA: Port Elizabeth
Pretoria ZA: Tshwane
Durban ZA: eThekwini
Harare ZW: Salisbury Rhodesia
Antananarivo MG: Tananarive
Casablanca MA: Dar el Beida
Tangier MA: Tanger, Tangiers, Tánger
Fes MA: Fez
Marrakesh MA: Marrakech
Melbourne AU: Melburne
Sydney AU: Sídney
""".strip().splitlines()

# --- Read when the gazetteer is loaded -------------------------------------------------------

US_STATES = _split("""
Alabama AL Ala|Alaska AK|Arizona AZ Ariz|Arkansas AR Ark|California CA Calif,Cal|Colorado CO Colo
Connecticut CT Conn|Delaware DE Del|Florida FL Fla|Georgia GA Ga|Hawaii HI|Idaho ID|Illinois IL Ill
Indiana IN Ind|Iowa IA|Kansas KS Kan,Kans,Kas|Kentucky KY Ky|Louisiana LA La|Maine ME
Maryland MD Md|Massachusetts MA Mass|Michigan MI Mich|Minnesota MN Minn|Mississippi MS Miss
Missouri MO Mo|Montana MT Mont|Nebraska NE Neb,Nebr|Nevada NV Nev|New Hampshire NH N.H.
New Jersey NJ N.J.|New Mexico NM N.M.,N. Mex|New York NY N.Y.,New York State
North Carolina NC N.C.,N. Carolina|North Dakota ND N.D.,N. Dak|Ohio OH|Oklahoma OK Okla
Oregon OR Ore,Oreg|Pennsylvania PA Pa,Penn,Penna|Rhode Island RI R.I.
South Carolina SC S.C.,S. Carolina|South Dakota SD S.D.,S. Dak|Tennessee TN Tenn|Texas TX Tex
Utah UT|Vermont VT Vt|Virginia VA Va|Washington WA Wash,Washington State
West Virginia WV W.Va.,W. Va.,W Virginia|Wisconsin WI Wis,Wisc|Wyoming WY Wyo
District of Columbia DC D.C.
""")
CA_PROVINCES = _split("""
Alberta AB Alta|British Columbia BC B.C.|Manitoba MB Man|New Brunswick NB N.B.
Newfoundland and Labrador NL N.L.,Nfld,Newfoundland,Labrador|Nova Scotia NS N.S.|Ontario ON Ont
Prince Edward Island PE P.E.I.|Quebec QC Que,Québec|Saskatchewan SK Sask|Yukon YT Yukon Territory
Northwest Territories NT N.W.T.|Nunavut NU
""")
FORMER_STATES = frozenset(
    _split(
        "WEST GERMANY|EAST GERMANY|W GERMANY|FRG|GDR|BURMA|ZAIRE|SWAZILAND|UPPER VOLTA|CEYLON"
        "|DAHOMEY|RHODESIA|TANGANYIKA|PERSIA|SOUTH VIETNAM|NORTH VIETNAM|SOVIET UNION|USSR"
        "|YUGOSLAVIA|CZECHOSLOVAKIA|SERBIA AND MONTENEGRO|SOUTH YEMEN|NORTH YEMEN|KAMPUCHEA"
    )
)
# Postal codes that are words count only in capitals; "Me" is Maine in 1987 datelines.
WORD_CODES = _words("IN OR OH HI OK")
SMALL_WORDS = _words("of the and on upon in de la le les du des di da do dos del am an der")

# Countries by the names wire copy uses beside the official ones, and parts of countries, islands
# and regions. Several codes: any of them; the city decides. Former states name their successors.
# ``*Kent`` is a qualifier only, ``~Siberia`` a part of the country, not the country.
QUALIFIERS = """
US: United States, United States of America, USA, US, U.S., U.S.A., America, Etats-Unis
US: Vereinigte Staaten, Estados Unidos, EEUU, EE.UU., Stati Uniti
GB: Britain, Great Britain, United Kingdom, UK, U.K., Royaume-Uni, Grande-Bretagne
GB: Grossbritannien, Großbritannien, Reino Unido, Gran Bretaña, Regno Unito, Gran Bretagna
GB-ENG: England, Angleterre, Inglaterra, Inghilterra, *Yorkshire, *Kent, *Essex, *Surrey, *Sussex
GB-ENG: *Cornwall, *Devon, *Lancashire, *Lancs, *Cumbria, *Merseyside, *Berkshire
GB-SCT: Scotland, Ecosse, Schottland, Escocia, Scozia, Shetland, Shetland Islands, Orkney
GB-WLS: Wales, Pays de Galles, Gales, Galles
GB-NIR: Northern Ireland, N. Ireland, N Ireland, Ulster, Irlande du Nord, Nordirland
GB-NIR: Irlanda del Norte
IE: Ireland, Republic of Ireland, Irish Republic, Eire, Irlanda, Irlande
DE: Germany, West Germany, W. Germany, East Germany, FRG, GDR, Allemagne, Alemania, Germania
DE: Deutschland, Allemagne de l'Ouest, Alemania Occidental
FR: France, Francia, Frankreich
NL: Netherlands, Holland, The Netherlands, Pays-Bas, Hollande, Niederlande, Paises Bajos, Holanda
NL: Olanda
CH: Switzerland, Suisse, Schweiz, Suiza, Svizzera
AT: Austria, Autriche, Österreich, Oesterreich
IT: Italy, Italie, Italien, Italia
ES: Spain, Espagne, Spanien, España, Spagna
PT: Portugal, Portogallo
GR: Greece, Grèce, Griechenland, Grecia
VA: Vatican, Holy See, Vaticano, Vatikan
CZ: Czech Republic, Czechia, République tchèque, Tschechien, República Checa, Repubblica Ceca
MK: Macedonia, North Macedonia, FYROM
BA: Bosnia, Bosnia-Herzegovina, Bosnie, Bosnien, Bosnia Herzegovina
XK: Kosovo
RU: Russia, Russian Federation, Russie, Russland, Rusia, ~Siberia
MD: Moldova, Moldavia, Moldavie
TR: Turkey, Turkiye, Türkiye, Turquie, Türkei, Turquía, Turchia
CN: China, People's Republic of China, Mainland China, ~Manchuria
HK: Hong Kong
MO: Macau, Macao
TW: Taiwan
KR: South Korea, S. Korea, Republic of Korea, Corée du Sud, Südkorea, Corea del Sur, Corea del Sud
KP: North Korea, N. Korea, Corée du Nord, Nordkorea, Corea del Norte, Corea del Nord
KR KP: Korea, Corée
VN: Vietnam, Viet Nam, South Vietnam, North Vietnam
LA: Laos
MM: Burma, Myanmar, Birmanie, Birmania
KH: Cambodia, Kampuchea
MY: Malaysia, ~Sarawak, ~Sabah, ~Malaya
ID: Indonesia, ~Java, ~Sumatra, ~Sulawesi, ~Kalimantan
BN: Brunei
TL: East Timor, Timor-Leste
LK: Sri Lanka, Ceylon
IN: India, Inde, Indien
IN PK: Kashmir
IR: Iran, Persia
SY: Syria, Syrie, Syrien, Siria
PS: Palestine, Palestinian Territories, Palestinian Territory, ~West Bank, ~Gaza Strip, ~Gaza
PS: ~Occupied West Bank, ~Cisjordanie, ~Westjordanland, ~Cisjordania, ~Cisgiordania
IL SY: Golan Heights, Golan
AE: United Arab Emirates, UAE, U.A.E., Emirates
SA: Saudi Arabia, Arabie saoudite, Saudi-Arabien
YE: Yemen, North Yemen, South Yemen
EG: Egypt, ~Sinai, ~North Sinai, ~South Sinai, Egypte, Ägypten, Egipto, Egitto
EH: Western Sahara
SD: Sudan, ~Darfur, Soudan
SS: South Sudan, Soudan du Sud, Südsudan
CI: Ivory Coast, Cote d'Ivoire, Elfenbeinküste, Costa de Marfil, Costa d'Avorio
CD: Zaire, Democratic Republic of Congo, Democratic Republic of the Congo, DR Congo, DRC
CD: Congo-Kinshasa, ~Eastern Congo
CG: Republic of Congo, Republic of the Congo, Congo-Brazzaville, Congo Republic
CD CG: Congo
BF: Burkina Faso, Upper Volta, Burkina
ZW: Zimbabwe, Rhodesia
SZ: Swaziland, Eswatini
CV: Cape Verde, Cabo Verde
TZ: Tanzania, ~Zanzibar, Tanganyika
GM: Gambia, The Gambia
ST: Sao Tome
CF: Central African Republic, CAR
BJ: Benin, Dahomey
SO: Somalia, ~Somaliland, ~Puntland
MX: Mexico, Mexique, Mexiko, Messico
BS: Bahamas, The Bahamas
DO: Dominican Republic, Dominican Rep
TT: Trinidad, ~Tobago, Trinidad and Tobago
AG: Antigua, Antigua and Barbuda
PR: Puerto Rico, *P.R.
VC: St. Vincent, St. Vincent and the Grenadines
KN: St. Kitts, St. Kitts and Nevis, ~Nevis
LC: St. Lucia
VI: U.S. Virgin Islands, US Virgin Islands
VG: British Virgin Islands
CW: Curacao
SX: St. Maarten, Sint Maarten
KY: Cayman Islands, ~Grand Cayman
FK: Falkland Islands, Falklands, Islas Malvinas
FO: Faroe Islands, Faroes
SB: Solomon Islands
PG: Papua New Guinea
FM: Micronesia
BR: Brazil, Brésil, Brasilien, Brasil, Brasile
AR: Argentina, Argentine
AU: Australia, Australie
NZ: New Zealand, N.Z., NZ
AU-NSW: New South Wales, NSW
AU-WA: Western Australia
AU-TAS: Tasmania
GE US-GA: Georgia
RU UA BY MD GE AM AZ KZ UZ TM KG TJ LT LV EE: Soviet Union, USSR, U.S.S.R., URSS, Union soviétique
RU UA BY MD GE AM AZ KZ UZ TM KG TJ LT LV EE: Sowjetunion, Unión Soviética, Unione Sovietica
RS HR SI BA ME MK XK: Yugoslavia, Yougoslavie, Jugoslawien, Jugoslavia
CZ SK: Czechoslovakia, Tchécoslovaquie, Tschechoslowakei, Checoslovaquia
RS ME: Serbia and Montenegro
GE-AB: Abkhazia
UA-43: Crimea
RU-CE: Chechnya
RU-DA: Dagestan
RU-IN: Ingushetia
RU-TA: Tatarstan
AZ: Azerbaijan, ~Nagorno-Karabakh, ~Karabakh
MD: Moldova, ~Transdniestria, ~Transnistria
IT-82: Sicily
IT-88: Sardinia
IT-52: Tuscany
IT-25: Lombardy
FR-20R: Corsica
FR-BRE: Brittany
FR-NOR: Normandy
FR-PAC: Provence, French Riviera, Cote d'Azur
FR-IDF: Ile-de-France
ES-CT: Catalonia
ES-AN: Andalusia
ES-PV: Basque Country
ES-GA: Galicia
ES-IB: Balearic Islands, Mallorca, Majorca, Ibiza, Menorca
ES-CN: Canary Islands, Tenerife, Gran Canaria, Lanzarote
PT-30: Madeira
PT-20: Azores
GR-M: Crete
GR: ~Lesbos
DE-BY: Bavaria
DE-SN: Saxony
DE-HE: Hesse
AT-7: Tyrol, Tirol
BE-VLG: Flanders
BE-WAL: Wallonia
CN-XZ: Tibet
CN-XJ: Xinjiang
CN-NM: Inner Mongolia
CN-GX: Guangxi
CN-NX: Ningxia
JP-01: Hokkaido
JP-47: Okinawa
JP: Japan, ~Honshu, ~Kyushu, ~Shikoku, Japon, Japón, Giappone
PH: Philippines, ~Mindanao, ~Luzon, Philippinen, Filipinas, Filippine
ID-BA: Bali
ID-AC: Aceh
IN-GA: Goa
IQ: Iraq, ~Kurdistan, ~Iraqi Kurdistan, Irak
NG: Nigeria, ~Niger Delta
US-NY: Long Island
US-MA: Cape Cod
US-CA: Northern California, Southern California
US-HI: Oahu, Maui
""".strip().splitlines()
# Territories that copy files under the state they belong to: "HONG KONG, China".
TERRITORIES = {
    "CN": "HK MO", "FR": "RE GP MQ GF YT NC PF MF BL PM WF", "US": "PR GU VI AS MP",
    "GB": "GI JE GG IM BM FK KY VG TC AI MS SH", "DK": "GL FO", "NL": "CW AW SX BQ",
    "NO": "SJ", "FI": "AX", "RS": "XK", "IL": "PS",
}  # fmt: skip

# Cities that stand alone in datelines: the Associated Press lists (30 in the United States, 48
# abroad) and what Reuters prints bare; the code tells the namesake. Larger than any rule by size.
STANDALONE = _split("""
Atlanta US-GA|Baltimore US-MD|Boston US-MA|Chicago US-IL|Cincinnati US-OH|Cleveland US-OH
Dallas US-TX|Denver US-CO|Detroit US-MI|Honolulu US-HI|Houston US-TX|Indianapolis US-IN
Las Vegas US-NV|Los Angeles US-CA|Miami US-FL|Milwaukee US-WI|Minneapolis US-MN
New Orleans US-LA|New York US-NY|Oklahoma City US-OK|Philadelphia US-PA|Phoenix US-AZ
Pittsburgh US-PA|St. Louis US-MO|Salt Lake City US-UT|San Antonio US-TX|San Diego US-CA
San Francisco US-CA|Seattle US-WA|Washington US-DC|Kansas City US-MO
Amsterdam NL|Baghdad IQ|Bangkok TH|Beijing CN|Beirut LB|Berlin DE|Brussels BE|Cairo EG
Djibouti DJ|Dublin IE|Geneva CH|Gibraltar GI|Guatemala City GT|Havana CU|Helsinki FI
Hong Kong HK|Islamabad PK|Istanbul TR|Jerusalem IL|Johannesburg ZA|Kuwait City KW|London GB
Luxembourg LU|Macau MO|Madrid ES|Mexico City MX|Milan IT|Monaco MC|Montreal CA|Moscow RU
Munich DE|New Delhi IN|Panama City PA|Paris FR|Prague CZ|Quebec City CA|Rio de Janeiro BR
Rome IT|San Marino SM|Sao Paulo BR|Shanghai CN|Singapore SG|Stockholm SE|Sydney AU|Tokyo JP
Toronto CA|Vatican City VA|Vienna AT|Zurich CH
Frankfurt DE|Bonn DE|Athens GR|Seoul KR|Dubai AE|Mumbai IN|Bangalore IN|Manila PH|Jakarta ID
Kuala Lumpur MY|Taipei TW|Wellington NZ|Melbourne AU|Perth AU|Ottawa CA|Vancouver CA|Calgary CA
Lisbon PT|Oslo NO|Copenhagen DK|Warsaw PL|Budapest HU|Tel Aviv IL|Riyadh SA|Tehran IR|Lagos NG
Nairobi KE|Santiago CL|Buenos Aires AR|Lima PE|Bogota CO|Caracas VE|Brasilia BR
St. Petersburg RU|Manama BH
Kingston JM|La Paz BO|Tripoli LY|San Salvador SV|Santo Domingo DO|Georgetown GY|Hyderabad IN
Cologne DE|Dusseldorf DE|Hamburg DE|Stuttgart DE|Dresden DE|Venice IT|Florence IT|Naples IT
Turin IT|Nice FR|Cannes FR|Barcelona ES|Valencia ES|Manchester GB|Edinburgh GB|Glasgow GB
Belfast GB|Basel CH|Bern CH|Lausanne CH|Davos CH|Canberra AU|Brisbane AU|Adelaide AU
Auckland NZ|Winnipeg CA|Edmonton CA|Gaza PS|Ramallah PS|Kabul AF|Tunis TN|Sofia BG
Dhaka BD|Colombo LK|Rotterdam NL|Antwerp BE|Strasbourg FR|Marseille FR
Lyon FR|The Hague NL|Nashville US-TN|Memphis US-TN|Austin US-TX|Sacramento US-CA|Tampa US-FL
Orlando US-FL|Anchorage US-AK|Louisville US-KY|Tucson US-AZ|Albuquerque US-NM|Omaha US-NE
Beverly Hills US-CA|Hollywood US-CA|Pasadena US-CA|Hyderabad IN|Suzhou CN|Fuzhou CN|Newark US-NJ
Halifax CA|Shannon IE|Bergen NO|Bristol GB|Aberdeen GB
Dundee GB|St Andrews GB|Londonderry GB|Limerick IE|Hobart AU|Bethlehem PS|Jericho PS|Jenin PS
Rafah PS|Mitrovica XK|George Town MY|Gulu UG|Gao ML|Bruges BE|Dunkirk FR|Bari IT|Faro PT
San Sebastian ES|Pamplona ES|Rosario AR|Jalalabad AF|St. John's CA|Wembley GB|Ascot GB|Salvador BR
Liverpool GB|Leeds GB|Sheffield GB|Lille FR|Calais FR|Porto PT|Seville ES|Malaga ES|Verona IT
Wimbledon GB|St. Paul US-MN|Male MV|Port Louis MU|Doha QA|Muscat OM|Abu Dhabi AE|Amman JO
""")
# Names that stay open without evidence whatever the sizes (two countries' desks print them bare).
OPEN = frozenset({"BIRMINGHAM", "SAN JOSE", "CAMBRIDGE", "VICTORIA", "CORDOBA"})

# One place although it looks like two, and urban nicknames: name -> gazetteer name and area.
COMPOUND = {
    "Washington, D.C.": "Washington US-DC",
    "Penang": "George Town MY",
    "DALLAS/FORT WORTH": "Dallas US-TX",
    "FRANKFURT/MAIN": "Frankfurt am Main DE",
    "DALLAS-FT. WORTH": "Dallas US-TX",
    "MINNEAPOLIS/ST. PAUL": "Minneapolis US-MN",
    "MINNEAPOLIS-ST. PAUL": "Minneapolis US-MN",
    "RALEIGH/DURHAM": "Raleigh US-NC",
    "RALEIGH-DURHAM": "Raleigh US-NC",
}

# Sites that are not populated places: name, ISO code or -, latitude and longitude or nothing.
NON_PLACES = """
United Nations|US-NY|40.7489|-73.968
U.N.|US-NY|40.7489|-73.968
Camp David|US-MD|39.6483|-77.465
Guantanamo Bay|CU|19.9031|-75.0967
Guantanamo Bay Naval Base|CU|19.9031|-75.0967
Guantanamo Bay U.S. Naval Base|CU|19.9031|-75.0967
U.S. Naval Base at Guantanamo Bay|CU|19.9031|-75.0967
Wall Street|US-NY|40.706|-74.009
White House|US-DC|38.8977|-77.0365
The White House|US-DC|38.8977|-77.0365
Capitol Hill|US-DC|38.8899|-77.0091
Pentagon|US-VA|38.8719|-77.0563
The Pentagon|US-VA|38.8719|-77.0563
Kennedy Space Center|US-FL|28.5721|-80.648
Cape Canaveral Air Force Station|US-FL|28.4889|-80.5778
Johnson Space Center|US-TX|29.5593|-95.09
Edwards Air Force Base|US-CA|34.9054|-117.8838
Vandenberg Air Force Base|US-CA|34.7420|-120.5724
Andrews Air Force Base|US-MD|38.8108|-76.867
Joint Base Andrews|US-MD|38.8108|-76.867
Ramstein Air Base|DE|49.4369|7.6003
Bagram Air Base|AF|34.9461|69.265
Bagram Airfield|AF|34.9461|69.265
Mauna Loa|US-HI||
Panmunjom|KR|37.956|126.677
Buckingham Palace|GB-ENG|51.5014|-0.1419
Strait of Hormuz|-||
North Sea|-||
Baltic Sea|-||
Black Sea|-||
Red Sea|-||
Mediterranean Sea|-||
South China Sea|-||
East China Sea|-||
Caspian Sea|-||
Caribbean|-||
Arabian Sea|-||
Air Force One|-||
Air Force Two|-||
In Flight|-||
Cyberspace|-||
Persian Gulf|-||
The Gulf|-||
Gulf|-||
Aegean|-||
Mediterranean|-||
Arctic Circle|-||
North Pole|-||
Antarctica|-||
South Pole|-||
Outer Space|-||
""".strip().splitlines()
# A last or first word that tells a sea, a border, a ship or a site where no city has the name.
SITE_LAST = _words(
    "SEA OCEAN GULF BORDER STRAIT CHANNEL PLATFORM AIRPORT AIRBASE AIRFIELD BASE STATION CAMP"
    " MOUNTAINS DESERT PASS CROSSING FRONTIER OILFIELD RIG RESERVOIR VOLCANO GLACIER CANAL"
)
SITE_FIRST = _words("USS HMS HMAS HMCS MV GULF STRAIT MOUNT")

# Demonyms for naming the countries of a lead sentence.
DEMONYMS = """
AF Afghan,Afghans AL Albanian DZ Algerian AO Angolan AR Argentine,Argentinian AM Armenian
AU Australian AT Austrian AZ Azeri,Azerbaijani BH Bahraini BD Bangladeshi BY Belarusian BE Belgian
BO Bolivian BA Bosnian BW Botswanan BR Brazilian GB British,English,Scottish,Welsh BG Bulgarian
MM Burmese KH Cambodian CM Cameroonian CA Canadian TD Chadian CL Chilean CN Chinese CO Colombian
CD Congolese CR Costa_Rican HR Croatian CU Cuban CY Cypriot CZ Czech DK Danish NL Dutch
EC Ecuadorean EG Egyptian EE Estonian ET Ethiopian FJ Fijian FI Finnish FR French GE Georgian
DE German GH Ghanaian GR Greek GT Guatemalan HT Haitian HN Honduran HU Hungarian IS Icelandic
IN Indian ID Indonesian IR Iranian IQ Iraqi IE Irish IL Israeli IT Italian JM Jamaican JP Japanese
JO Jordanian KZ Kazakh KE Kenyan XK Kosovar KW Kuwaiti KG Kyrgyz LA Laotian LV Latvian LB Lebanese
LR Liberian LY Libyan LT Lithuanian MG Malagasy MY Malaysian ML Malian MT Maltese MX Mexican
MD Moldovan MN Mongolian ME Montenegrin MA Moroccan MZ Mozambican NA Namibian NP Nepalese,Nepali
NI Nicaraguan NG Nigerian KP North_Korean NO Norwegian OM Omani PK Pakistani PS Palestinian
PA Panamanian PY Paraguayan PE Peruvian PH Filipino,Philippine PL Polish PT Portuguese QA Qatari
RO Romanian RU Russian RW Rwandan SV Salvadoran SA Saudi SN Senegalese RS Serbian,Serb
SL Sierra_Leonean SG Singaporean SK Slovak SI Slovenian,Slovene SO Somali ZA South_African
KR South_Korean ES Spanish LK Sri_Lankan SD Sudanese SE Swedish CH Swiss SY Syrian TW Taiwanese
TJ Tajik TZ Tanzanian TH Thai TN Tunisian TR Turkish TM Turkmen UG Ugandan UA Ukrainian
UY Uruguayan UZ Uzbek VE Venezuelan VN Vietnamese YE Yemeni ZM Zambian ZW Zimbabwean
""".strip().splitlines()

# --- Reading the lists -----------------------------------------------------------------------


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """One spelling for comparison: capitals, no accents or stops, ``St.`` as ``SAINT``."""
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.translate(LETTERS))
        name = "".join(c for c in name if not unicodedata.combining(c))
    name = re.sub(r"['‘’ʻʼʿʾ`´.]", "", re.sub(r"(?<=\w\w)\.(?=\w)", " ", name)).upper()
    words = re.sub(r"[^\w]+|_", " ", name.replace("&", " AND ")).split()
    last = len(words) - 1
    return " ".join(EXPAND.get(w, w) if i < last else w for i, w in enumerate(words))


def areas(listed: str) -> tuple[dict[str, tuple[str, ...]], set[str], set[str], set[str]]:
    """ISO codes by folded qualifier; the names among them that may stand as a place; of these,
    the parts of a country; and the names listed by hand."""
    codes: dict[str, tuple[str, ...]] = {}
    regions: set[str] = set()
    parts: set[str] = set()
    for line in listed.split("\n"):
        name, _, found = line.partition("\t")
        codes[name] = tuple(found.split())
        if all(len(code) == 2 for code in codes[name]):
            regions.add(name)
    listed_by_hand: dict[str, tuple[str, ...]] = {}
    for country, rows in (("US", US_STATES), ("CA", CA_PROVINCES)):
        for row in rows:
            match = STATE.match(row)
            if match:
                name, code, short = match[1], f"{country}-{match[2]}", match[3] or ""
                for form in (name, match[2], *filter(None, short.split(","))):
                    listed_by_hand[fold(form)] = (code,)
                regions.add(fold(name))
    for row in QUALIFIERS:
        targets, _, names = row.partition(": ")
        for name in names.split(", "):
            form = fold(name.lstrip("*~"))
            old = listed_by_hand.get(form, ())
            listed_by_hand[form] = old + tuple(c for c in targets.split() if c not in old)
            if not name.startswith("*"):
                regions.add(form)
            if name.startswith("~"):
                parts.add(form)
    codes.update(listed_by_hand)
    return codes, regions, parts, set(listed_by_hand)


def demonyms() -> dict[str, str]:
    """Country by folded demonym, with its plural."""
    out: dict[str, str] = {}
    words = " ".join(DEMONYMS).split()
    for code, forms in zip(words[::2], words[1::2], strict=True):
        for form in forms.split(","):
            folded = fold(form.replace("_", " "))
            out[folded] = out[folded + "S"] = code
    return out


def sites() -> dict[str, list[str]]:
    """Listed sites by folded name: name, ISO code or ``-``, latitude, longitude."""
    return {fold(row.partition("|")[0]): row.split("|") for row in NON_PLACES}


def stand_alone() -> dict[str, str]:
    """``name code`` entries by the folded name that means them."""
    out = {fold(entry.rpartition(" ")[0]): entry for entry in STANDALONE}
    return out | {fold(name): entry for name, entry in COMPOUND.items()}
