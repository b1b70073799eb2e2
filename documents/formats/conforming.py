"""The words by which a paper says that goods conform, and those that say it of something else, in four languages."""

from __future__ import annotations

import re

# words of saying: what is said counts
_SAYING = (
    r"\b(?:certif(?:y|ies|ied|ying)|declares?|confirms?|attest(?:s|ed)?)\b",
    r"\b(?:bescheinig(?:t|en)|bestätig(?:t|en)|(?:erklär|versicher)(?:t|en))\b",
    r"\b(?:certific(?:a|amos|an|o)|declara(?:mos|n)?|hace(?:mos)? constar)\b",
    r"\b(?:da(?:mos|n)? fe de|acredita(?:mos|n)?) que\b",
)
# words of conforming: they count by themselves
_WORDS = (
    # English
    r"\bconform(?:s|ed|ing|ance)?\b",
    r"\b(?:in|of) conformity\b",
    r"\bcompl(?:y|ies|ied|ying|iance)\b",
    r"\b(?:meets?|met)\b",
    r"\b(?:in accordance|accords?) with\b",
    r"\bfulfil\w*",
    r"\b(?:hereby release|pass(?:ed|es))\b",
    r"\bsatisf(?:y|ies|ied)\b",
    r"\brequirements of the (?:order|specification|purchase|standard|drawing)",
    r"\b(?:agrees?|consistent|in (?:full )?agreement|in compliance|in line) with (?:the|your|all|this|these)"
    r" (?:\w+ )?(?:order|specification|standard|drawing|requirement|contract)",
    r"\b(?:corresponds?|adheres?|adhered) to (?:the|your|all)\b",
    r"\bwithin (?:the )?(?:specified|required|stated|specification) (?:limits|range|values|tolerances?)",
    # German
    r"\bkonform(?:e[nrs]?)?\b",
    r"\bentspr(?:icht|echen|ach(?:en)?|echend(?:en)?)\b",
    r"\berfüll(?:t|en)\b",
    r"\bübereinstimm\w*",
    r"\b(?:genüg(?:t|en)|eingehalten|zugesichert)\b",
    # Spanish
    r"\bcumplen?\b",
    r"\bconformes?\b",
    r"\bsatisfacen?\b",
    r"\bde (?:conformidad|acuerdo) con\b",
    r"\bgarantiza(?:mos|n)?\b",
    r"\bse (?:ajustan?|apegan?|adecuan?) a\b",
    r"\b(?:en cumplimiento (?:de|con)|acordes? (?:a|con)|avala(?:mos|n)?)\b",
    # Chinese; the same signs stand in the names of papers, too
    r"符合|满足|达到|达标|通过(?:检验|验收)|检验通过|均在.{0,8}范围|与.{1,12}(?:要求|标准|订单)一致|准予(?:放行|出厂)|证明(?!书|编号|号)|合格(?!证|数|章)",
)
# before a colon it is a label
CONFORMS = re.compile(rf"(?:{'|'.join((*_SAYING, *_WORDS))})(?!\s?[:：])", re.I)
_CONFORMS_ITSELF = re.compile(rf"(?:{'|'.join(_WORDS)})(?!\s?[:：])", re.I)
# that goods came in and went out again is certified, too, and is nothing that was ordered
_ONLY_HANDLED = re.compile(
    r"\b(?:were|was|have been|has been) (?:received|returned|shipped|delivered|taken|handled|stored|counted|packed)\b"
    r"|\b(?:erhalten|zurückgesandt|ausgeliefert|geliefert|entnommen|gezählt|verpackt) (?:wurden?|haben)\b"
    r"|\b(?:fue|fueron|ha sido|han sido) (?:recibid|entregad|devuelt|enviad|tomad|contad|empacad)[oa]s?\b",
    re.I,
)
# what a paper says of its house, its laboratory and itself is no statement on the goods
OF_OTHER_THINGS = re.compile(
    r"quality (?:management )?system|\biso(?:/iec)? ?(?:9001|17025|14001)|\b(?:as|en) ?9100|nadcap|accredit"
    r"|\btitle passes|\bterms\s?[:：]|\bterms of (?:sale|payment|delivery)|\bnet \d+"
    r"|\binvoice|\bpayment|zahlbar|eigentumsvorbehalt|condiciones de pago"
    r"|reproduc|\bretain|records? (?:are|is|will)|valid without|qualitätsmanagement|akkredit|zertifiziert nach"
    r"|ohne unterschrift|sistema de (?:gestión|calidad)|acreditad|质量管理体系|认可|复制",
    re.I,
)
# the usual quality of a trade is nobody's requirement: what conforms to it conforms to nothing that was ordered
_USUAL = re.compile(
    r"\b(?:commercial|merchantable) (?:grade|quality|practice)|handelsüblich|calidad comercial|商业(?:品质|级)",
    re.I,
)
# what papers are called
_TITLES = re.compile(
    r"\b(?:certificate|certification|statement|declaration|cert)s? of (?:conform(?:ity|ance)|compliance|analysis)\b"
    r"|\bcertificado de (?:conformidad|cumplimiento)\b|\bkonformitäts\w+",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.;。;])\s+|(?<=[。])")


def says_conforming(text: str) -> bool:
    """Say whether one of the sentences of a text is about the goods and says that they conform."""
    return any(
        _conforms(_TITLES.sub("", each)) and not OF_OTHER_THINGS.search(each) and not _USUAL.search(each)
        for each in _SENTENCE.split(text)
        if each
    )


def _conforms(sentence: str) -> bool:
    if _CONFORMS_ITSELF.search(sentence):
        return True
    return bool(CONFORMS.search(sentence)) and not _ONLY_HANDLED.search(sentence)
