"""How addresses, dates of birth and numbers that tell who somebody is are written, in the languages spoken here.

For `clean` text with the digits 0 to 9. Of a match with a part `keep` that part stays.
"""

from __future__ import annotations

import re
from typing import Final

_MONTH: Final = (
    r"(?:jan|feb|mrt|maart|mar|apr|mei|maaie|may|jun|jul|aug|sep|okt|oct|nov|dec|des|jannewaris|febrewaris|juny|july"
    r"|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık"
    r"|يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|اغسطس|سبتمبر|أكتوبر|اكتوبر|نوفمبر|ديسمبر"
    r"|كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين)\w*\.?(?:\s(?:الأول|الثاني|اول|ثاني))?"
)
_BORN: Final = (
    r"(?<!\w)(?:geboren|geb|geboortedatum|geboortejaar|jarig|verjaardag|berne|bertedatum|jierdei|born|dob|birthday"
    r"|date of birth|year of birth"
    r"|doğum\w*|مواليد|مولود\w*|ولدت?|ميلاد\w*)\W*"
    r"(?:(?:op|in|is|yn|on|at|was|de|the|yılı|tarihi|yılım|tarihim|سنة|عام|في|هو)\W+){0,3}"
)
_NAMED: Final = r"[A-ZÀ-ÞĞİŞ][\w.'’-]*"
_STREETS: Final = (
    "straat|straatje|laan|plein|kade|gracht|dijk|singel|hofje|steeg|wal|dreef|plantsoen|strjitte|leane|wei|paad|dyk|weg"
    "|hof|pad"
)
_NUMBERED: Final = (
    "huisnummer|hûsnûmer|house number|flat|apartment|postcode|post code|postkoade|postbus|po box"
    "|polisnummer|policy number|dossiernummer|klantnummer|patiëntnummer|zaaknummer"
    "|kapı no|posta kodu|رقم البيت|الرمز البريدي"
)

_FIGURES: Final = (
    "nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|ien|twa|trije|fjouwer|fiif|seis|sân|njoggen"
    "|zero|oh|one|two|three|four|five|six|seven|eight|nine|double"
    "|sıfır|bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|yirmi|otuz|kırk|elli|altmış|yetmiş|seksen|doksan|yüz"
    "|صفر|واحد|اثنان|اثنين|ثلاثة|اربعة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة"
)
_MAILS: Final = "gmail|hotmail|outlook|live|icloud|yahoo|ziggo|kpn|planet|home|xs4all"
_DOT: Final = r"\s?(?:\.|dot|punt|punkt|nokta|نقطة)\s?"
_LIVES: Final = (
    "(?:woon|wonen|woont|wenje|wenjen) (?:op|aan|in|oan|yn)|i live at|we live at|live on|adres(?: is)?|address(?: is)?"
    "|adresim|أسكن في|اسكن في|عنواني"
)
_LASTS: Final = (
    "jaar|jier|year|maand|moanne|month|dag|dei|day|week|wike|minu|uur|oere|hour|km|kilometer|yıl|ay|gün|سن|شهر"
)

# Looked for before what `core.mask` knows.
PLACES_AND_DATES: Final = (
    re.compile(r"(?i)(?<![\w.+-])[\w.+-]+\s?[\[(]at[\])]\s?[\w.-]+"),  # jo [at] wijk.nl
    re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Z])(?:[A-Z0-9]{1,3}-){2}[A-Z0-9]{1,3}(?![\w-])"),  # 12-ABC-3
    re.compile(r"(?<![\w-])(?=(?:-?[a-z\d]){6}(?![\w-]))(?=[a-z-]*\d)(?=[\d-]*[a-z])(?:[a-z\d]{1,3}-){2}[a-z\d]{1,3}"),
    re.compile(
        rf"(?i)(?<![\w+-])[\w+-]++(?:{_DOT}[\w+-]++)*\.?\s(?:at|apenstaartje|apestaartje)\s(?:{_MAILS})(?!\w)"
        rf"(?:{_DOT}\w+)*"
    ),
    re.compile(r"(?i)(?<![\w.-])(?:[\w-]+\.)+(?:com|nl|net|org|be|de|eu|tr|me)/\S+"),  # a page of somebody
    re.compile(r"(?<!\w)(?:\w*[^\W_]_[^\W_]\w*|(?!(?i:covid|corona|vitamin))[^\W\d_]{4,}\d{2,}\w*)(?!\w)"),  # anja_88
    re.compile(rf"(?i)(?<!\w)(?:(?:{_FIGURES})(?!\w)[\s,-]*){{4,}}"),  # a number that is spelled out
    re.compile(rf"(?i)(?<!\d)[1-9]\d{{3}}(?=\W+(?:\w+\W+){{0,2}}(?:{_NUMBERED}))"),
    re.compile(r"(?<!\d)(?<!\d[-/.])\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:\d{4}|['’]?\d{2})(?!\d)"),
    re.compile(r"(?<!\d)\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}(?!\d)"),
    re.compile(rf"(?i)(?<!\d)\d{{1,2}}(?:st|nd|rd|th|e)?\s(?:of\s)?{_MONTH}(?:,?\s\d{{4}}|\s'?\d{{2}})(?!\d)"),
    re.compile(rf"(?i)(?<!\w){_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}"),
    re.compile(r"(?i)(?<!\d)(?:19|20)\d{2}(?=\s?doğum)"),
    re.compile(rf"(?i){_BORN}(?:(?:\d{{1,2}}\s)?\w+\s)?(?:(?:19|20)\d{{2}}|['’]\d{{2}})(?!\d)"),
    re.compile(
        r"(?i)(?<!\w)(?:ik ben|ik bin|hij is|hy is|zij is|ze is|sy is) (?:van|uit|fan|út) "
        r"(?:(?:19|20)\d{2}|['’]\d{2})(?!\d)"
    ),
    re.compile(rf"(?i){_BORN}\d{{1,2}}\s{_MONTH}(?!\w)"),
    re.compile(
        rf"(?<!\w)\d{{1,5}}[a-zA-Z]?,?\s(?:{_NAMED}\s){{1,3}}(?i:street|st|road|rd|avenue|ave|lane|drive|close|square|way)(?!\w)"
    ),
    re.compile(
        rf"(?:{_NAMED}\s){{1,3}}(?i:sokak|sokağı|cadde|caddesi|mahallesi|bulvarı|apartmanı)(?:nda|nde|da|de)?"
        r"(?:,?\s(?i:no|numara|daire|kat)\s?[.:]?\s?\d+(?:\s?/\s?\d+)?)*"
    ),
    re.compile(r"(?i)(?<!\w)\w+\s(?:cad|sok|mah|cd|sk)\.?,?\s(?:no|numara)?\s?[.:]?\s?\d+(?:\s?/\s?\d+)?"),
)
# Looked for after it: streets without a number, and any other name with a number after "ik woon op".
LATER_PLACES: Final = (
    re.compile(rf"(?<!\w)[A-ZÀ-Þ]\w+(?:{_STREETS})(?:\s\d{{1,5}}\w?)?(?!\w)"),
    re.compile(r"(?<!\w)\w{3,}(?:straat|strjitte|laan|plein|gracht|steeg)(?:\s\d{1,5}\w?)?(?!\w)"),
    re.compile(
        rf"(?:{_NAMED}\s){{1,3}}(?i:straat|laan|plein|kade|gracht|street|road|avenue|lane)(?!\w)(?:\s\d{{1,5}}\w?)?"
    ),
    re.compile(rf"(?i)(?<!\w)(?:{_NUMBERED})\s?[:.]?\s?(?:is\s)?\d[\w-]*"),
    re.compile(r"شارع(?:\s\w+){1,2}"),
    re.compile(
        rf"(?i)(?<!\w)(?P<keep>(?:{_LIVES})\W+)(?:[^\W\d]+\W+){{0,4}}?\d{{1,5}}(?!\d)\w?(?!\s?(?:{_LASTS}))"
        r"(?:\s?[-/]\s?\d{1,4})?"
    ),
)
