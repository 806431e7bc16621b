"""The blocks of Unicode 14.0 by their names in patterns (`\\p{IsBasicLatin}`): Unicode's own without their spaces."""

from __future__ import annotations

from functools import cache

_OLDER = {
    "Greek": "GreekandCoptic", "CombiningMarksforSymbols": "CombiningDiacriticalMarksforSymbols",
    "PrivateUse": "PrivateUseArea",
}
"""What XML Schema 1.0 calls some of them."""


@cache
def blocks() -> dict[str, tuple[str, str]]:
    """The first and the last character of every block."""
    found: dict[str, tuple[str, str]] = {}
    for entry in _BLOCKS.split():
        name, _, ends = entry.partition(":")
        first, last = (chr(int(end, 16)) for end in ends.split("-"))
        found[name] = first, last
    return found | {older: found[name] for older, name in _OLDER.items()}


_BLOCKS = """
BasicLatin:00000-0007F Latin-1Supplement:00080-000FF LatinExtended-A:00100-0017F LatinExtended-B:00180-0024F
IPAExtensions:00250-002AF
SpacingModifierLetters:002B0-002FF CombiningDiacriticalMarks:00300-0036F GreekandCoptic:00370-003FF
Cyrillic:00400-004FF
CyrillicSupplement:00500-0052F Armenian:00530-0058F Hebrew:00590-005FF Arabic:00600-006FF Syriac:00700-0074F
ArabicSupplement:00750-0077F
Thaana:00780-007BF NKo:007C0-007FF Samaritan:00800-0083F Mandaic:00840-0085F SyriacSupplement:00860-0086F
ArabicExtended-B:00870-0089F
ArabicExtended-A:008A0-008FF Devanagari:00900-0097F Bengali:00980-009FF Gurmukhi:00A00-00A7F
Gujarati:00A80-00AFF Oriya:00B00-00B7F
Tamil:00B80-00BFF Telugu:00C00-00C7F Kannada:00C80-00CFF Malayalam:00D00-00D7F Sinhala:00D80-00DFF
Thai:00E00-00E7F Lao:00E80-00EFF
Tibetan:00F00-00FFF Myanmar:01000-0109F Georgian:010A0-010FF HangulJamo:01100-011FF Ethiopic:01200-0137F
EthiopicSupplement:01380-0139F Cherokee:013A0-013FF UnifiedCanadianAboriginalSyllabics:01400-0167F
Ogham:01680-0169F
Runic:016A0-016FF Tagalog:01700-0171F Hanunoo:01720-0173F Buhid:01740-0175F Tagbanwa:01760-0177F
Khmer:01780-017FF
Mongolian:01800-018AF UnifiedCanadianAboriginalSyllabicsExtended:018B0-018FF Limbu:01900-0194F
TaiLe:01950-0197F
NewTaiLue:01980-019DF KhmerSymbols:019E0-019FF Buginese:01A00-01A1F TaiTham:01A20-01AAF
CombiningDiacriticalMarksExtended:01AB0-01AFF Balinese:01B00-01B7F Sundanese:01B80-01BBF Batak:01BC0-01BFF
Lepcha:01C00-01C4F
OlChiki:01C50-01C7F CyrillicExtended-C:01C80-01C8F GeorgianExtended:01C90-01CBF
SundaneseSupplement:01CC0-01CCF
VedicExtensions:01CD0-01CFF PhoneticExtensions:01D00-01D7F PhoneticExtensionsSupplement:01D80-01DBF
CombiningDiacriticalMarksSupplement:01DC0-01DFF LatinExtendedAdditional:01E00-01EFF GreekExtended:01F00-01FFF
GeneralPunctuation:02000-0206F SuperscriptsandSubscripts:02070-0209F CurrencySymbols:020A0-020CF
CombiningDiacriticalMarksforSymbols:020D0-020FF LetterlikeSymbols:02100-0214F NumberForms:02150-0218F
Arrows:02190-021FF
MathematicalOperators:02200-022FF MiscellaneousTechnical:02300-023FF ControlPictures:02400-0243F
OpticalCharacterRecognition:02440-0245F EnclosedAlphanumerics:02460-024FF BoxDrawing:02500-0257F
BlockElements:02580-0259F
GeometricShapes:025A0-025FF MiscellaneousSymbols:02600-026FF Dingbats:02700-027BF
MiscellaneousMathematicalSymbols-A:027C0-027EF SupplementalArrows-A:027F0-027FF BraillePatterns:02800-028FF
SupplementalArrows-B:02900-0297F MiscellaneousMathematicalSymbols-B:02980-029FF
SupplementalMathematicalOperators:02A00-02AFF MiscellaneousSymbolsandArrows:02B00-02BFF Glagolitic:02C00-02C5F
LatinExtended-C:02C60-02C7F Coptic:02C80-02CFF GeorgianSupplement:02D00-02D2F Tifinagh:02D30-02D7F
EthiopicExtended:02D80-02DDF CyrillicExtended-A:02DE0-02DFF SupplementalPunctuation:02E00-02E7F
CJKRadicalsSupplement:02E80-02EFF KangxiRadicals:02F00-02FDF IdeographicDescriptionCharacters:02FF0-02FFF
CJKSymbolsandPunctuation:03000-0303F Hiragana:03040-0309F Katakana:030A0-030FF Bopomofo:03100-0312F
HangulCompatibilityJamo:03130-0318F Kanbun:03190-0319F BopomofoExtended:031A0-031BF CJKStrokes:031C0-031EF
KatakanaPhoneticExtensions:031F0-031FF EnclosedCJKLettersandMonths:03200-032FF CJKCompatibility:03300-033FF
CJKUnifiedIdeographsExtensionA:03400-04DBF YijingHexagramSymbols:04DC0-04DFF CJKUnifiedIdeographs:04E00-09FFF
YiSyllables:0A000-0A48F YiRadicals:0A490-0A4CF Lisu:0A4D0-0A4FF Vai:0A500-0A63F CyrillicExtended-B:0A640-0A69F
Bamum:0A6A0-0A6FF
ModifierToneLetters:0A700-0A71F LatinExtended-D:0A720-0A7FF SylotiNagri:0A800-0A82F
CommonIndicNumberForms:0A830-0A83F
Phags-pa:0A840-0A87F Saurashtra:0A880-0A8DF DevanagariExtended:0A8E0-0A8FF KayahLi:0A900-0A92F
Rejang:0A930-0A95F
HangulJamoExtended-A:0A960-0A97F Javanese:0A980-0A9DF MyanmarExtended-B:0A9E0-0A9FF Cham:0AA00-0AA5F
MyanmarExtended-A:0AA60-0AA7F TaiViet:0AA80-0AADF MeeteiMayekExtensions:0AAE0-0AAFF
EthiopicExtended-A:0AB00-0AB2F
LatinExtended-E:0AB30-0AB6F CherokeeSupplement:0AB70-0ABBF MeeteiMayek:0ABC0-0ABFF HangulSyllables:0AC00-0D7AF
HangulJamoExtended-B:0D7B0-0D7FF PrivateUseArea:0E000-0F8FF CJKCompatibilityIdeographs:0F900-0FAFF
AlphabeticPresentationForms:0FB00-0FB4F ArabicPresentationForms-A:0FB50-0FDFF VariationSelectors:0FE00-0FE0F
VerticalForms:0FE10-0FE1F CombiningHalfMarks:0FE20-0FE2F CJKCompatibilityForms:0FE30-0FE4F
SmallFormVariants:0FE50-0FE6F
ArabicPresentationForms-B:0FE70-0FEFF HalfwidthandFullwidthForms:0FF00-0FFEF Specials:0FFF0-0FFFF
LinearBSyllabary:10000-1007F LinearBIdeograms:10080-100FF AegeanNumbers:10100-1013F
AncientGreekNumbers:10140-1018F
AncientSymbols:10190-101CF PhaistosDisc:101D0-101FF Lycian:10280-1029F Carian:102A0-102DF
CopticEpactNumbers:102E0-102FF OldItalic:10300-1032F Gothic:10330-1034F OldPermic:10350-1037F
Ugaritic:10380-1039F
OldPersian:103A0-103DF Deseret:10400-1044F Shavian:10450-1047F Osmanya:10480-104AF Osage:104B0-104FF
Elbasan:10500-1052F CaucasianAlbanian:10530-1056F Vithkuqi:10570-105BF LinearA:10600-1077F
LatinExtended-F:10780-107BF CypriotSyllabary:10800-1083F ImperialAramaic:10840-1085F Palmyrene:10860-1087F
Nabataean:10880-108AF Hatran:108E0-108FF Phoenician:10900-1091F Lydian:10920-1093F
MeroiticHieroglyphs:10980-1099F
MeroiticCursive:109A0-109FF Kharoshthi:10A00-10A5F OldSouthArabian:10A60-10A7F OldNorthArabian:10A80-10A9F
Manichaean:10AC0-10AFF Avestan:10B00-10B3F InscriptionalParthian:10B40-10B5F InscriptionalPahlavi:10B60-10B7F
PsalterPahlavi:10B80-10BAF OldTurkic:10C00-10C4F OldHungarian:10C80-10CFF HanifiRohingya:10D00-10D3F
RumiNumeralSymbols:10E60-10E7F Yezidi:10E80-10EBF OldSogdian:10F00-10F2F Sogdian:10F30-10F6F
OldUyghur:10F70-10FAF
Chorasmian:10FB0-10FDF Elymaic:10FE0-10FFF Brahmi:11000-1107F Kaithi:11080-110CF SoraSompeng:110D0-110FF
Chakma:11100-1114F Mahajani:11150-1117F Sharada:11180-111DF SinhalaArchaicNumbers:111E0-111FF
Khojki:11200-1124F
Multani:11280-112AF Khudawadi:112B0-112FF Grantha:11300-1137F Newa:11400-1147F Tirhuta:11480-114DF
Siddham:11580-115FF Modi:11600-1165F MongolianSupplement:11660-1167F Takri:11680-116CF Ahom:11700-1174F
Dogra:11800-1184F WarangCiti:118A0-118FF DivesAkuru:11900-1195F Nandinagari:119A0-119FF
ZanabazarSquare:11A00-11A4F
Soyombo:11A50-11AAF UnifiedCanadianAboriginalSyllabicsExtended-A:11AB0-11ABF PauCinHau:11AC0-11AFF
Bhaiksuki:11C00-11C6F Marchen:11C70-11CBF MasaramGondi:11D00-11D5F GunjalaGondi:11D60-11DAF
Makasar:11EE0-11EFF
LisuSupplement:11FB0-11FBF TamilSupplement:11FC0-11FFF Cuneiform:12000-123FF
CuneiformNumbersandPunctuation:12400-1247F EarlyDynasticCuneiform:12480-1254F Cypro-Minoan:12F90-12FFF
EgyptianHieroglyphs:13000-1342F EgyptianHieroglyphFormatControls:13430-1343F AnatolianHieroglyphs:14400-1467F
BamumSupplement:16800-16A3F Mro:16A40-16A6F Tangsa:16A70-16ACF BassaVah:16AD0-16AFF PahawhHmong:16B00-16B8F
Medefaidrin:16E40-16E9F Miao:16F00-16F9F IdeographicSymbolsandPunctuation:16FE0-16FFF Tangut:17000-187FF
TangutComponents:18800-18AFF KhitanSmallScript:18B00-18CFF TangutSupplement:18D00-18D7F
KanaExtended-B:1AFF0-1AFFF
KanaSupplement:1B000-1B0FF KanaExtended-A:1B100-1B12F SmallKanaExtension:1B130-1B16F Nushu:1B170-1B2FF
Duployan:1BC00-1BC9F ShorthandFormatControls:1BCA0-1BCAF ZnamennyMusicalNotation:1CF00-1CFCF
ByzantineMusicalSymbols:1D000-1D0FF MusicalSymbols:1D100-1D1FF AncientGreekMusicalNotation:1D200-1D24F
MayanNumerals:1D2E0-1D2FF TaiXuanJingSymbols:1D300-1D35F CountingRodNumerals:1D360-1D37F
MathematicalAlphanumericSymbols:1D400-1D7FF SuttonSignWriting:1D800-1DAAF LatinExtended-G:1DF00-1DFFF
GlagoliticSupplement:1E000-1E02F NyiakengPuachueHmong:1E100-1E14F Toto:1E290-1E2BF Wancho:1E2C0-1E2FF
EthiopicExtended-B:1E7E0-1E7FF MendeKikakui:1E800-1E8DF Adlam:1E900-1E95F IndicSiyaqNumbers:1EC70-1ECBF
OttomanSiyaqNumbers:1ED00-1ED4F ArabicMathematicalAlphabeticSymbols:1EE00-1EEFF MahjongTiles:1F000-1F02F
DominoTiles:1F030-1F09F PlayingCards:1F0A0-1F0FF EnclosedAlphanumericSupplement:1F100-1F1FF
EnclosedIdeographicSupplement:1F200-1F2FF MiscellaneousSymbolsandPictographs:1F300-1F5FF Emoticons:1F600-1F64F
OrnamentalDingbats:1F650-1F67F TransportandMapSymbols:1F680-1F6FF AlchemicalSymbols:1F700-1F77F
GeometricShapesExtended:1F780-1F7FF SupplementalArrows-C:1F800-1F8FF
SupplementalSymbolsandPictographs:1F900-1F9FF
ChessSymbols:1FA00-1FA6F SymbolsandPictographsExtended-A:1FA70-1FAFF SymbolsforLegacyComputing:1FB00-1FBFF
CJKUnifiedIdeographsExtensionB:20000-2A6DF CJKUnifiedIdeographsExtensionC:2A700-2B73F
CJKUnifiedIdeographsExtensionD:2B740-2B81F CJKUnifiedIdeographsExtensionE:2B820-2CEAF
CJKUnifiedIdeographsExtensionF:2CEB0-2EBEF CJKCompatibilityIdeographsSupplement:2F800-2FA1F
CJKUnifiedIdeographsExtensionG:30000-3134F Tags:E0000-E007F VariationSelectorsSupplement:E0100-E01EF
SupplementaryPrivateUseArea-A:F0000-FFFFF SupplementaryPrivateUseArea-B:0100000-10FFFF
"""
