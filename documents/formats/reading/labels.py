"""The words papers print before a value, in English, German, Spanish and Simplified Chinese, as data.

A label of one word that means nothing alone (revision, type, date) takes its meaning from the label before it.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from documents.formats.reading.house_labels import HOUSES
from documents.formats.reading.more_labels import MADE

# key → labels; a bar parts them. Blanks, points and dashes between the words do not matter, nor does case.
LABELS = {
    "stated_number": (
        "certificate number|cert #|certificate #|certificate of conformity number|certificate no|"
        "certificate nr|certificate id|cert number|cert no|cert nr|cert id|coc no|coc number"
        "|certificate of conformance no|certificate of conformity no|document number|document no|"
        "report number|report no"
        "|test report no|inspection certificate no|passport id|passport no|certificate ref|c of c no|"
        "c of c number"
        "|zeugnisnummer|zeugnis nr|zertifikatsnummer|zertifikatnummer|zertifikat nr|zertifikats nr|"
        "bescheinigungsnummer"
        "|bescheinigung nr|prüfbescheinigung nr|dokumentnummer|dokument nr|prüfzeugnis nr|"
        "abnahmeprüfzeugnis nr|werkszeugnis nr"
        "|número de certificado|n de certificado|nº de certificado|certificado no|certificado n|"
        "certificado núm|número del certificado"
        "|certificado nº|nº certificado|número de documento|证书编号|证书号|证明书编号|质保书编号"
        "|质量证明书编号|报告编号|编号"
    ),
    "stated_on": (
        "certificate date|date of issue|issue date|date issued|issued|cert date|cert issued|issued on|"
        "dated|certification date|date of certificate|date of certification"
        "|date of issue and validation|report date|date|ausstellungsdatum|ausgestellt am|"
        "datum der ausstellung|zeugnisdatum|datum"
        "|fecha de emisión|fecha de expedición|fecha del certificado|fecha de certificado|emitido el|"
        "fecha|签发日期|发证日期|证书日期|出证日期|开具日期|日期"
    ),
    "certificate_type": (
        "certificate type|cert type|type of certificate|type of inspection document|inspection document|"
        "document type|certificate en 10204"
        "|zeugnisart|art der prüfbescheinigung|bescheinigungsart|zeugnistyp|tipo de certificado|"
        "tipo de documento|证书类型|证书类别"
    ),
    "po_number": (
        "purchase order number|purchase order no|purchase order|customer purchase order|customer po|"
        "customer order number|customer order no"
        "|customer order|purchaser order number|purchaser order no|purchaser s order|your order number|"
        "your order no|your order|order number|order no|po number|po no|po nr|po|p o no|p o|order id|p 0 no|"
        "order"
        "|bestellnummer|bestell nr|bestellung nr|bestellung|ihre bestellung|ihre bestellnummer|"
        "kundenbestellnummer|kundenbestellung|kunden bestell nr|auftragsnummer kunde"
        "|orden de compra no|orden de compra nº|orden de compra|número de pedido|nº de pedido|"
        "n de pedido|pedido no|pedido nº|pedido n|su pedido|pedido de cliente|pedido del cliente|pedido"
        "|采购订单号|采购订单|订单编号|订单号|采购单号|客户订单号|合同号|订单"
    ),
    "po_line": (
        "po line|order line|line item|po item|item|line no|order position|order item|item no|line|pos|"
        "bestellposition|position nr|pos nr|zeile"
        "|posición de pedido|posición|línea|partida de pedido|订单行|行号|项次|订单项"
    ),
    "part_number": (
        "part number|part no|part nr|part num|part #|p n|pn|customer part number|customer part no|"
        "customer part|article number|article no|purchaser article number"
        "|drawing number|drawing no|item number|product number|part"
        "|teilenummer|teile nr|teilenr|artikelnummer|artikel nr|zeichnungsnummer|zeichnung nr|"
        "zeichnungs nr|sachnummer|material nr"
        "|número de pieza|nº de pieza|n de pieza|número de parte|nº de parte|no de parte|"
        "número de plano|plano nº|referencia de pieza|referencia|pieza"
        "|零件号|零件编号|件号|图号|产品编号|物料号|零件图号"
    ),
    "part_revision": (
        "part revision|part rev|drawing revision|drawing rev|dwg rev|rev level|revision level|"
        "zeichnungsrevision|zeichnungsindex|teilerevision|änderungsindex|änderungsstand"
        "|revisión de pieza|revisión de plano|revisión del plano|零件版本|图纸版本|图纸版次|零件版次"
    ),
    "spec_number": (
        "process specification|specification number|specification no|specifications|specification|"
        "process spec|spec number|spec no|spec|process standard|material specification"
        "|material spec|material norm|product norm|applicable specification|norm|standard"
        "|prozessspezifikation|spezifikation|verfahrensspezifikation|vorschrift|norm nr|werkstoffnorm|"
        "produktnorm|verfahren nach|gemäß spezifikation"
        "|especificación de proceso|especificación|especificaciones|norma de proceso|norma"
        "|工艺规范|规范编号|规范号|规范|技术规范|执行标准|标准号|标准|工艺标准"
    ),
    "spec_revision": (
        "specification revision|specification rev|spec revision|spec rev|issue of spec|"
        "issue of specification|rev of spec|rev de especificación|rev de la especificación|"
        "spezifikationsrevision|revision der spezifikation|ausgabestand|revisión de la especificación"
        "|revisión de especificación|规范版本|规范版次|标准版本"
    ),
    "spec_type": (
        "process type|anodize type|coating type|specification type|spec type|verfahrenstyp|schichttyp|"
        "tipo de proceso|工艺类型"
    ),
    "spec_class": (
        "coating class|specification class|spec class|klasse nach spezifikation|clase de recubrimiento"
    ),
    "condition": (
        "alloy and condition|alloy and temper|alloy temper|material condition|delivery condition|"
        "condition|temper|heat treat condition|surface condition"
        "|werkstoffzustand|lieferzustand|zustand|behandlungszustand|estado de suministro|"
        "condición de suministro|condición|estado|temple|交货状态|供货状态|材料状态|热处理状态|状态"
    ),
    "grade": (
        "material grade|steel grade|grade|alloy|material|steel designation|base material|werkstoff|"
        "stahlsorte|werkstoffbezeichnung|legierung|material de base|grado|aleación|材料牌号|牌号"
        "|钢号|合金|材料|材质"
    ),
    "identifier": (
        "heat number|heat no|heat nr|heat code|heat id|heat lot|heat|cast number|cast no|melt number|"
        "melt no|batch number|batch no|batch id|batch|filling batch id"
        "|schmelznummer|schmelze nr|schmelzen nr|schmelze|chargennummer|chargen nr|charge nr|charge|"
        "colada no|colada nº|colada n|número de colada|colada"
        "|炉号|熔炼号|炉批号|炉次号"
    ),
    "lot_number": (
        "traveler number|traveler no|traveler|traveller no|traveller|job number|job no|"
        "work order number|work order no|work order|customer lot|shop order"
        "|laufkarte nr|laufkarte|begleitkarte|kundenlos|fertigungsauftrag|arbeitsauftrag|hoja de ruta|"
        "orden de trabajo|lote del cliente|流转卡号|工单号|随工单|客户批号"
    ),
    "lot": (
        "lot number|lot no|lot nr|lot id|lot #|lot / traveler|your lot|lot|losnummer|los nr|los|ihr los|"
        "número de lote|nº de lote|lote no|lote nº|su lote|lote"
        "|批号|批次号|批次|贵方批号"
    ),
    "serials": (
        "serial numbers|serial number|serial nos|serial no|serials|s n|sn|seriennummern|seriennummer|"
        "serien nr|números de serie|número de serie|nº de serie|n de serie|nros de serie|序列号|系列号|编号范围"
    ),
    "quantity": (
        "quantity certified|quantity accepted|accepted quantity|quantity processed|quantity shipped|"
        "quantity accepted pieces|qty accepted|qty processed|qty shipped|quantity|qty|number of pieces|"
        "number of parts|no of pieces|no of parts|pieces"
        "|stückzahl|anzahl teile|anzahl|menge|gutmenge|liefermenge|cantidad aceptada|cantidad procesada|"
        "cantidad|número de piezas|nº de piezas|cant"
        "|合格数量|数量|件数|支数"
    ),
    "weight": (
        "net weight|actual mass|product mass|weight|mass|nettogewicht|gewicht|masse|peso neto|peso|masa|"
        "净重|重量"
    ),
    "process_from": (
        "treated from|date started|begin|from|process started|processed from|process from|start date|"
        "date started|processing begun|start of process|bearbeitung von|bearbeitet von|behandelt von|"
        "bearbeitungsbeginn|prozessbeginn|beginn"
        "|inicio del proceso|fecha de inicio|procesado desde|开始日期|加工开始日期"
    ),
    "process_to": (
        "treated to|treated until|to|process completed|processed until|processed to|process to|end date|"
        "completion date|date completed|finish date|end of process|bearbeitung bis|bearbeitet bis|"
        "behandelt bis|bearbeitungsende|prozessende|ende"
        "|fin del proceso|fecha de fin|fecha de finalización|procesado hasta|结束日期|完成日期|加工完成日期"
    ),
    "process_on": (
        "process date|process dates|processing date|date processed|date of processing|processed on|"
        "processed|treated on|treated|date of process|process period|production date|heat treat date|"
        "plating date|verarbeitungsdatum|bearbeitungsdatum"
        "|behandlungsdatum|prozessdatum|bearbeitet am|behandelt am|fecha de proceso|fecha del proceso|"
        "fechas de proceso|procesado el|加工日期|处理日期|生产日期|工艺日期"
    ),
    "issuer_name": (
        "supplier name|processor name|company name|name of processor|vendor name|supplier|processor|"
        "manufacturer|issued by|issuer|manufacturer s plant|vendor|lieferant|hersteller|aussteller|"
        "ausgestellt von|verarbeiter|proveedor|fabricante|procesador|emitido por|供应商|制造商"
        "|生产厂家|加工单位|供方"
    ),
    "site": (
        "processing site|process site|site of processing|processed at|plant|site|works|location|"
        "facility|verarbeitungsort|bearbeitungsort|werk|standort|betrieb"
        "|planta|lugar de proceso|centro de trabajo|加工地点|加工工厂|工厂|加工单位"
    ),
    "site_address": (
        "site address|plant address|address|werksanschrift|anschrift|adresse|dirección|domicilio"
        "|工厂地址|厂址|地址"
    ),
    "signed_name": (
        "signed for the company|signed for|signed|authorised signature|authorized by|authorised by|"
        "authorized signatory|signed by|certified by|approved by|inspector name|inspector|inspected by|"
        "name of signatory|printed name|print name|signature|quality representative|released by|"
        "validated by|validated|stamp of the inspection representative|signatory|signer|name"
        "|unterzeichnet von|unterschrieben von|unterschrift|freigegeben von|geprüft von|"
        "abnahmebeauftragter|der werkssachverständige|werkssachverständiger|der sachverständige|"
        "name des unterzeichners|prüfer|firmado por|firma autorizada|firma|autorizado por|nombre|"
        "inspector de calidad|aprobado por|签字人|签发人|授权签字|签名|签字|检验员|审核人|批准人|姓名"
    ),
    "signed_title": "job title|title|position held|function|funktion|titel|cargo|puesto|título|职务|职位",
    "sub_tier": (
        "sub tier processor|sub tier|subtier|subcontractor|subcontracted to|sub contractor|"
        "unterlieferant|unterauftragnehmer|subcontratista|subcontratado a|分包商|外协单位"
    ),
    "page_of": "page|sheet|seite|blatt|página|pag|hoja",
    "statement": (
        "statement of conformity|statement of compliance|declaration of conformity|declaration|"
        "konformitätserklärung|declaración de conformidad|符合性声明|声明"
    ),
    # weak: a title as often as a label
    "certificate": "certificate|certification|cert|zertifikat|zeugnis|certificado|证书|report",
    # what stands beside a value and is none
    "other": (
        "customer|purchaser|buyer|sold to|ship to|bill to|consignee|receiver|business transaction|"
        "description|remarks|kunde|besteller|auftraggeber"
        "|empfänger|bezeichnung|bemerkungen|cliente|comprador|destinatario|descripción|observaciones|客户|"
        "需方|购货单位|产品名称|名称|备注|process|prozess|verfahren|proceso|工艺"
    ),
    # without a meaning of their own
    "position": "position|puesto / posición",
    "?revision": "revision|rev|index|ind|issue|ausgabe|revisión|edición|版本|版次",
    "?type": "type|typ|tipo|类型",
    "?class": "class|klasse|clase|等级|级别|类别",
}  # fmt: skip

# words too common to be labels unless they stand alone in their cell, or before a colon
ALONE_ONLY = frozenset(
    [
        "to",
        "from",
        "begin",
        "beginn",
        "ende",
        "werk",
        "plant",
        "works",
        "planta",
        "site",
        "name",
        "order",
        "item",
        "line",
        "part",
        "pos",
    ]
)

# fields of EN 10168 that a paper prints before its own words
EN_10168 = {
    "A01": "issuer_name",
    "A02": "certificate_type",
    "A03": "stated_number",
    "A07": "po_number",
    "A09": "part_number",
    "A97": "po_line",
    "B02": "spec_number",
    "B04": "condition",
    "B07": "identifier",
    "B08": "quantity",
    "B13": "weight",
    "B16": "identifier",
    "C00": "specimen",
    "Z01": "statement",
    "Z02": "stated_on",
    "Z03": "signed_name",
}


@functools.lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return the letters and figures of a label only, so that writings of it meet."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


KEY_OF = {folded(label): key for key, labels in LABELS.items() for label in labels.split("|")}
# of one word that stands in a sentence as often as before a value, only these are labels there, too
PLAIN_WORDS = frozenset({"cast", "melt", "job", "wo", "pcs", "coil", "ingot", "schmelzen", "fundición"})
ALONE = set(ALONE_ONLY)
_WRITTEN = frozenset(KEY_OF)
for _key, _labels in (*MADE.items(), *((key, words.split("|")) for key, words in HOUSES.items())):
    for _label in _labels:
        KEY_OF.setdefault(folded(_label), _key)
        if " " not in _label and _label not in PLAIN_WORDS and folded(_label) not in _WRITTEN:
            ALONE.add(folded(_label))
_BEGINNINGS = frozenset(label[:end] for label in KEY_OF for end in range(1, len(label) + 1))
# a word in letters, or one Chinese sign
_TOKEN = re.compile(r"[⺀-鿿]|[^\W_⺀-鿿]+")
# what may stand between the words of a label, and behind it
_BETWEEN = re.compile(r"[\s.\-_/'’°º:]{0,3}")
_BEHIND = re.compile(r"(?:\s?[#№])?\.?")


@dataclass(frozen=True)
class FoundLabel:
    """A label in a text. Units: `start` and `end` count letters of it."""

    start: int
    end: int
    key: str
    words: str


def find_labels(text: str, begin: int = 0) -> Iterator[FoundLabel]:
    """Yield the labels of a text, the longest at each place, none over another."""
    tokens = [(each.start(), each.end(), folded(each[0])) for each in _TOKEN.finditer(text, begin)]
    at = 0
    while at < len(tokens):
        last = _longest(text, tokens, at)
        if last is None:
            at += 1
            continue
        start, end = tokens[at][0], tokens[last][1]
        name = "".join(each[2] for each in tokens[at : last + 1])
        end = _BEHIND.match(text, end).end()
        yield FoundLabel(start, end, KEY_OF[name], text[start:end])
        at = last + 1


def begins_with_label(text: str) -> bool:
    return any(each.start == 0 for each in find_labels(text))


def _longest(text: str, tokens: list[tuple[int, int, str]], at: int) -> int | None:
    """Return the last word of the longest label that begins with one word."""
    name, best = "", None
    for place in range(at, len(tokens)):
        if place > at and not _BETWEEN.fullmatch(text, tokens[place - 1][1], tokens[place][0]):
            break
        name += tokens[place][2]
        if name not in _BEGINNINGS:
            break
        if name in KEY_OF:
            best = place
    return best


EN_CODE = re.compile(r"^([A-DZ]\d\d)(?:\.\d)?\b\s*")
