"""The words by which a name gives itself away, in the languages spoken here; as `normalise` writes them."""

from __future__ import annotations

from typing import Final

from bot.core.normalise import normalise


def _listed(text: str) -> frozenset[str]:
    return frozenset(normalise(line) for line in text.split("|"))


# What follows is a name, whatever it looks like.
SURE: Final = _listed(
    "ik heet|mijn naam is|m'n naam is|mn naam is|me naam is|hij heet|zij heet|ze heet|die heet|je spreekt met"
    "|u spreekt met|mijn achternaam is|mijn voornaam is|ik word genoemd|myn namme is|ik hjit|hy hjit|sy hjit"
    "|i am called|my name is|my names|i'm called|he is called|she is called|his name is|her name is"
    "|my surname is|name is|benim adım|adım|ismim|benim ismim|adım soyadım|adımız|اسمي|انا اسمي|إسمي|اسمي هو"
    "|اسمه|اسمها|اسم ابني|اسم بنتي|اسم ابنتي|اسم زوجي|اسم زوجتي|يدعى|تدعى|كنيتي|ادعى|mijn zoon heet"
    "|mijn dochter heet|mijn kind heet|mijn man heet|mijn vrouw heet|mijn baby heet|groetjes|mvg"
    "|met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|met groet|groetnis|kind regards"
    "|best regards|regards|yours sincerely|saygılarımla|sevgiler|مع تحياتي|تحياتي"
    "|انا ام|انا ابو|جارتي ام|جاري ابو"
)

# What follows is a name if it looks like one: a capital, a first name, or a word that is none of ours.
OFTEN_NO_NAME: Final = _listed(
    "أنا|ابني|ابنتي|بنتي|زوجي|زوجتي|اخي|اختي|امي|ابي|طفلي|طفلتي|ام|دكتور|الدكتور|دكتورة|الدكتورة|سيد"
)
MAYBE: Final = OFTEN_NO_NAME | _listed(
    "ik ben|ik was|ben|met|hier is|dit is|hier|groeten|groet|gr|liefs|hoi|hallo|hi|hey|beste|lieve|dag"
    "|hallo ik ben|ik bin|dit is de|hjir is|bêste|leave|moi|i am|i'm|im|this is|it is|its|it's|it's me|its me"
    "|here is|hello"
    "|dear|thanks|thank you|love|call me|selamlar|merhaba|sayın|selam|benim|مرحبا|السيد|السيدة|استاذ|الاستاذ"
    "|شيخ|الشيخ|معك|معكم|سيدة|أبو|zoon|dochter|zoontje|dochtertje|man|vrouw|kind|kindje|baby|broer|zus|zusje"
    "|broertje|moeder|vader|mama|papa|oma|opa|vriend|vriendin|buurman|buurvrouw|buurjongen|buurmeisje|neef"
    "|nicht|neefje|nichtje|tante|oom|collega|partner|ex|kleinzoon|kleindochter|schoonmoeder|schoonvader"
    "|schoonzus|zwager|zoon genaamd|genaamd|jongste|oudste|soan|soantsje|dochterke|frou|mem|heit|beppe|pake"
    "|bern|berntsje|suster|freon|freondinne|buorman|buorfrou|poppe|son|daughter|husband|wife|brother|sister"
    "|mother|father|mum|mom|dad|friend|neighbour|neighbor|grandmother|grandfather|grandma|grandpa|aunt|uncle"
    "|cousin|boyfriend|girlfriend|boy|girl|kid|child|named|called|oğlum|kızım|eşim|kocam|karım|annem|babam"
    "|kardeşim|ablam|abim|ağabeyim|bebeğim|çocuğum|torunum|arkadaşım|komşum|dayım|amcam|teyzem|halam|yengem"
    "|anneannem|babaannem|dedem|küçük oğlum|büyük oğlum|adlı|isimli|dokter|dr|drs|doctor|huisarts"
    "|huisarts dokter|tandarts|meneer|mevrouw|mevr|mw|dhr|heer|de heer|juf|juffrouw|meester|zuster"
    "|verpleegkundige|assistente|psycholoog|wijkverpleegkundige|coach|begeleider|imam|dominee|pastoor"
    "|húsdokter|mefrou|hear|mister|mr|mrs|ms|miss|sir|madam|nurse|teacher|professor|prof|gp|doktor|hemşire"
    "|öğretmen|hoca|bay|bayan|hasta|mijn naam|naam|achternaam|voornaam|myn namme|namme|foarnamme|efternamme"
    "|my name|surname|first name|last name|full name|soyadım|adı|ismi|الاسم|is named"
)
# What follows these is a name only with a capital, or if it is a common first name.
CAPITAL_ONLY: Final = _listed("ben|ik bin|een man|in man|a man|de man|the man|ex|baby|bebek")
WITH_MARK: Final = _listed(
    "naam|mijn naam|namme|name is|surname|first name|last name|full name|achternaam|voornaam|foarnamme"
    "|efternamme|soyadım|adım|adım soyadım|ismim|الاسم|اسمي|groetjes|mvg|met vriendelijke groet"
    "|met vriendelijke groeten|vriendelijke groet|met groet|groeten|groet|gr|liefs|groetnis|kind regards"
    "|best regards|regards|yours sincerely|saygılarımla|sevgiler|مع تحياتي|تحياتي|thanks|thank you|love"
    "|selamlar|hoi|hallo|hi|hey|merhaba|hello|it's me|its me|dr|drs|mw|dhr|mr|mrs|ms|prof|mevr"
)
# After "my name is" and its like these are no name.
NO_NAMES: Final = _listed(
    "niet|ook|dat|de|het|een|maar|en|of|op|in|te|is|wat|hoe|mijn|verkeerd|fout|geheim|weg|nodig|not|the|a|an"
    "|wrong|and|or|on|what|how|değil|ne|ve|yanlış|bir|هو|هي|في|ليس|غير|ما|و|net|foar|oan|bang|ziek|zwanger"
    "|sick|pregnant|siik|swier|allemaal|you|for|very|so|much|from|van|hamileyim|hastayım|hamile|hasta|مريض"
    "|مريضة|حامل|خائف|خائفة|it|to|i|ik|doctor|dokter|doktor|طبيب|allergisch|allergic|moe|tired|worried"
    "|ongerust|bezorgd|alone|alleen|jarig|mees"
)
PARTICLES: Final = _listed(
    "van|der|den|de|ten|ter|het|t|el|al|ben|bin|ibn|ait|bint|abu|abou|ould|von|di|da|dos|la|le|بن|عبد|ابن|أبو|بنت|آل"
)
# "Ayşe Hanım", "Ahmet Bey".
TITLES_AFTER: Final = _listed("hanım|bey|hanımın|beyin|hanıma|beye|abi|abla|amca|teyze|hoca|hocam")
# A first word that nobody knows is a name when a person does this next.
PEOPLE_DO: Final = _listed(
    "heeft|had|wil|wilde|kreeg|krijgt|zegt|zei|huilt|slaapt|voelt|eet|drinkt|doet|moet|mag|kan|ging|gaat|belt"
    "|belde|woont|hat|wol|seit|gûlt|krijt|wennet|has|wants|says|said|cries|feels|lives|called|went|got|is|was"
    "|and|hasta|istiyor|ağlıyor|diyor|dedi|oldu|kaç"
)
