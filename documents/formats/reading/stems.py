"""Captions no list knows word for word: told by the stems in them, in four languages.

"Nr. der Bescheinigung", "Class (per spec)" and "Date Certified" are put together from few stems. The rules go from
the particular to the general; the first whose stems are all in a caption, and none of those it shuns, names its key.
"""

# a list of stems is read by its lines, not by their length
# ruff: noqa: E501

from __future__ import annotations

import re
import unicodedata

LONGEST, MOST_WORDS = 60, 8

_CERT = r"cert|zertifik|bescheinig|zeugnis|\bcoc\b|c of c|证书|证明书|质保书|合格证|\breport\b|document|dokument|documento|informe|报告"
_NUMBER = r"\bno\b|\bnr\b|\bnbr\b|\bfolio\b|\bnum|number|nummer|núm|\bnº|\bn°|#|\bref|\bid\b|编号|编码|号"
_DATE = r"\bdate|\bdated|datum|fecha|日期|时间|\bday\b|\btag\b"
_REVISION = r"\brev\b|revision|revisi[oó]n|\bindex\b|\bissue\b|ausgabe|änd|änderung|change|edition|edici[oó]n|版本|版次|stand\b"
_SPEC = r"\bspec|spezif|\bspez|vorschrift|\bnorm|especific|\bespec\b|standard|规范|标准"
_PART = r"\bpart|\bp/?n\b|drawing|\bdwg|\bdrg|teil|artikel|article|zeichn|sach|ident|pieza|\bparte|plano|component|product no|零件|图|件号|物料"
_ORDER = r"purchase|\bp\.? ?o\b|\border|bestell|auftrag|pedido|\borden\b|\bo\.? ?c\b|contract|contrato|订单|合同|采购|订货"
_OTHER_ORDER = r"\bour\b|unser|nuestr|work|shop|sales|\bjob|production|fertigung|trabajo|manufact|internal|arbeit|producci|工单"
_START = r"start|begin|began|begun|commenc|\bfrom\b|\bin\b|inici|desde|beginn|begonnen|\bab\b|\bvon\b|开始|起始|开工"
_END = r"\bend|complet|finish|conclu|\buntil|\bto\b|\bout\b|\bthru\b|t[eé]rmin|\bfin\b|hasta|fertig|beend|abgeschl|\bbis\b|完成|结束|完工"
_WORK = r"process|treat|plat|coat|anodi|work|prozess|bearbeit|behandl|verarbeit|proces|tratam|加工|处理|工艺|生产|performed"
_LOT = r"\blot|\bbatch|\blos|charge|\blote|travel|\bjob|work ?order|route ?card|laufkarte|begleit|fertigungsauftrag|hoja viaj|orden de trabajo|批|流转|工单|随工"
_HEAT = r"\bheat\b|schmelz|\bcolada|\bmelt|\bcast\b|ingot|hornada|fundici|炉"

# key, stems that must all be there, stems that must not
_RULES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("certificate_type", (r"10204|(?:type|kind|art|tipo|class) (?:of|der|de) (?:" + _CERT + ")|(?:cert\\w*|document|zeugnis|bescheinigungs) ?(?:type|art)|证书类型|证明书类型",), ""),
    ("spec_revision", (_REVISION, _SPEC), ""),
    ("part_revision", (_REVISION, _PART), ""),
    ("part_revision", (r"change (?:letter|level)|rev(?:ision)? (?:level|letter)|änd\w*[.\-]? ?(?:stand|index)|nivel de revisi",), ""),
    ("spec_class", (r"\bclass\b|klasse|\bclase|级别|等级|级",), _CERT),
    ("spec_type", (r"\btype\b|\btyp\b|typ$|\btipo\b|类型|型别",), rf"{_CERT}|alloy|material|steel|werkstoff|stahl"),
    ("stated_on", (_DATE, rf"{_CERT}|issu|sign|releas|approv|ausgest|erstellt|emi|exped|firma|签发|开具|发证|出具"), r"order|bestell|expir|valid|form\b"),
    ("process_from", (_START, rf"{_DATE}|{_WORK}"), r"receiv|order|ship"),
    ("process_to", (_END, rf"{_DATE}|{_WORK}"), r"receiv|order|ship|\bdue\b|ship to"),
    ("process_on", (_DATE, _WORK), r"receiv|order|ship|\bdue\b"),
    ("stated_number", (_CERT, _NUMBER), rf"{_ORDER}|accredit|nadcap|{_DATE}"),
    ("lot_number", (_LOT, _NUMBER + r"|travel"), r"size|größe|tamaño"),
    ("identifier", (_HEAT,), r"treat|behandl|tratam|condition|furnace"),
    ("po_number", (_ORDER, rf"{_NUMBER}|your|\bihr|\bsu\b|cust|client|kund|buyer|besteller|purchase|bestell|compra|采购|客户"), rf"{_OTHER_ORDER}|{_DATE}|line|item|pos|posten|partida"),
    ("po_line", (r"\bline\b|\bitem\b|\bpos\b|position|partida|rengl|línea|行号|项次", rf"{_ORDER}|{_NUMBER}"), _PART),
    ("part_number", (_PART, _NUMBER), rf"{_REVISION}|quantity|\bqty|anzahl|cantidad|name|bezeichn"),
    ("quantity", (r"quantity|\bqty|pieces|\bpcs\b|stückzahl|\bmenge|liefermenge|anzahl|cantidad|\bcant\b|piezas|数量|件数|count of parts",), r"reject|order(?:ed)?\b|sample|scrap|weight|unit"),
    ("?revision", (_REVISION,), r"form|vordruck|formato|ingen"),
    ("spec_number", (_SPEC,), rf"{_REVISION}|class|type|min|max|limit|range|gravity|results?"),
    (
        "condition",
        (
            r"condition|temper|estado|condici[oó]n|zustand",
            r"\bof\b|\bde\b|suppl|deliver|liefer|suminist|entrega|material|alloy|werkstoff|legierung",
        ),
        r"terms|payment",
    ),
    ("condition", (r"\btemper\b|\bcondition\b|zustand|\bestado\b|condici[oó]n|temple|状态",), r"terms"),
    ("site_address", (r"address|anschrift|adresse|direcci[oó]n|domicilio|ubicaci|地址|厂址|straße",), r"mail|cust|kund|ship|bill|client"),
    ("signed_title", (r"job title|position held|\bfunction\b|funktion|stellung|dienststellung|puesto|\bcargo\b|职务|职位|岗位",), ""),
    ("signed_name", (r"sign(?:ed|ature|er|atory)|approved by|authori[sz]ed|certified by|released by|inspected by|\b(?:q\.?[ac]\.?|quality|final) (?:release|approval|clearance)|unterschr|unterzeich|freigegeben|firmad|autoriz|aprobad|签字|签发人|批准|审核|检验员",), _DATE),
)  # fmt: skip
# a cell without a colon is told by two stems, not one; but for these, and for these where they are short
_SURE = frozenset({"certificate_type", "part_revision"})
_SHORT = frozenset({"?revision", "spec_class", "spec_type", "quantity", "signed_name", "signed_title"})
# Type II and Class B are values
_CHOICE = re.compile(r"\s(?:[IVX]{1,4}|[A-Z]|\d\w?)$")
RULES = tuple(
    (key, tuple(re.compile(each, re.I) for each in wanted), re.compile(shunned or r"(?!)", re.I))
    for key, wanted, shunned in _RULES
)
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|that|we|this|wir|dass|wurden?|que|fueron|shall)\b|[;。；]\s|兹|我们",
    re.I,
)
_TITLE = re.compile(
    r"\b(?:manager|inspector|director|engineer|leiter|gerente|gmbh|inc|ltd|llc|plant|werk|planta)\b|有限公司",
    re.I,
)


def key_by_stems(caption: str, *, has_colon: bool) -> str:
    """Return the key of a caption by its stems; nothing where it is no caption, or says too little."""
    plain = unicodedata.normalize("NFKC", caption).strip(" .:：")
    figures = plain.replace("10204", "")
    if not 1 < len(plain) <= LONGEST or len(plain.split()) > MOST_WORDS or re.search(r"\d", figures):
        return ""
    if _SENTENCE.search(plain) or (not has_colon and _TITLE.search(plain)):
        return ""
    for key, wanted, shunned in RULES:
        if all(each.search(plain) for each in wanted) and not shunned.search(plain):
            is_sure = len(wanted) > 1 or key in _SURE or key in _SHORT and len(plain.split()) <= 2
            return key if has_colon or is_sure and not _CHOICE.search(plain) else ""
    return ""
