"""Labels that are put together: who orders, what is ordered, and the word for its number, in four languages."""

# a list of words is read by its lines, not by their length
# ruff: noqa: E501

from __future__ import annotations

from itertools import product

NUMBERS = ("no", "nr", "num", "number", "id", "n", "nº", "n°", "n o", "ref", "reference")
NUMBERS_DE = ("nr", "nummer", "no")
NUMBERS_ES = ("no", "nº", "n°", "núm", "número", "n")
NUMBERS_ZH = ("号", "编号", "号码", "")
REVISIONS = (
    "rev", "revision", "rev level", "revision level", "revision letter", "issue", "index", "rev no", "revision no",
    "change level", "chg", "change letter", "rev letter", "issue no", "edition",
)  # fmt: skip


def _put(*parts: tuple[str, ...] | str) -> list[str]:
    """Return every way to put one of each part behind the other."""
    ways = product(*([part] if isinstance(part, str) else part for part in parts))
    return [" ".join(filter(None, way)) for way in ways]


def _zh(*parts: tuple[str, ...] | str) -> list[str]:
    return ["".join(way.split(" ")) for way in _put(*parts)]


_BUYERS = ("customer", "cust", "customer s", "client", "client s", "purchaser", "purchaser s", "buyer", "buyer s",
           "your", "orderer s", "buyers", "customers", "purchasers")  # fmt: skip
_ORDERS = ("order", "po", "p o", "purchase order", "contract", "p order")
_PAPERS = (
    "certificate", "cert", "certification", "coc", "c o c", "c of c", "document", "doc", "report", "test report", "cmtr",
    "mtr", "test certificate", "inspection certificate", "mill certificate", "mill test certificate", "declaration",
    "release", "release note", "release certificate", "process certificate", "certificate of conformity",
    "certificate of conformance", "certificate of compliance", "conformity certificate", "processing certificate",
    "our", "control", "file", "inspection document", "work certificate", "statement", "register",
)  # fmt: skip
_PAPERS_DE = ("zertifikat", "zertifikats", "zeugnis", "bescheinigung", "bescheinigungs", "prüfbescheinigung",
              "prüfbescheinigungs", "prüfzeugnis", "abnahmeprüfzeugnis", "werkszeugnis", "prüfbericht", "dokument",
              "dokumenten", "beleg", "protokoll", "konformitätsbescheinigung", "konformitätserklärung",
              "werksbescheinigung", "beleg")  # fmt: skip
_PAPERS_ES = ("certificado", "certificado de conformidad", "certificado de calidad", "certificado de proceso",
              "documento", "informe", "constancia", "folio", "declaración", "reporte", "certificación")  # fmt: skip
_PARTS = ("part", "drawing", "dwg", "drg", "article", "material", "product", "item", "component", "customer part",
          "cust part", "your part", "part drawing", "buyer s part", "detail", "assembly", "print")  # fmt: skip
_SPECS = ("specification", "spec", "process specification", "process spec", "process standard", "standard",
          "governing specification", "applicable specification", "applicable spec", "material specification",
          "material spec", "product specification", "controlling specification", "requirement specification",
          "specification of the product", "process requirement", "specified process", "treatment specification",
          "finish specification", "delivery specification", "technical specification", "customer specification",
          "applicable standard", "governing standard", "reference specification", "reference standard",
          "standard specification", "process code", "process callout", "requirement document", "process document")  # fmt: skip
_WORKS = ("process", "processing", "treatment", "work", "plating", "coating", "anodizing", "anodising", "heat treat",
          "heat treatment", "inspection", "proc", "job", "production", "operation", "finishing", "test")  # fmt: skip
_PIECES = ("pieces", "pcs", "parts", "items", "units", "articles", "components")

# key → labels put together; those that stand in `labels.LABELS` go before
MADE: dict[str, list[str]] = {
    "po_number": [
        *_put(_BUYERS, _ORDERS),
        *_put(_BUYERS, _ORDERS, NUMBERS),
        *_put(("order", "po", "p o", "purchase order", "contract", "p order", "buy order"), NUMBERS),
        *_put(("order of customer", "order of the customer", "order of purchaser", "against order", "against po",
               "against purchase order", "against your order", "cust ref", "customer ref", "customer reference", "your ref",
               "your reference", "p o number", "ordered under", "order reference", "order ref", "contract")),
        *_put(("auftrags", "bestell", "kundenauftrags", "kunden auftrags", "kundenbestell", "kunden bestell", "bestellungs",
               "auftrag", "kundenauftrag"), NUMBERS_DE, ("", "des kunden", "kunde", "des bestellers", "besteller")),
        *_put(("ihre", "ihr"), ("bestellung", "auftrag", "bestell nr", "auftrags nr", "zeichen", "bestellnummer")),
        "bestellung des kunden", "auftrag des kunden", "kundenreferenz", "auftrag kunde", "bestellung kunde",
        *_put(("orden de compra", "orden", "pedido", "pedido de compra", "pedido del cliente", "pedido cliente", "oc", "o c",
               "su pedido", "su orden", "su orden de compra", "orden del cliente", "orden de compra del cliente",
               "contrato"), ("", *NUMBERS_ES)),
        *_put(("número de", "nº de", "no de", "núm de", "n° de"), ("orden", "pedido", "orden de compra", "contrato",
                                                                  "pedido del cliente")),
        *_zh(("订单", "采购订单", "客户订单", "合同", "采购合同", "订货合同", "采购单", "订货", "客户采购单", "委托单", "定单"), NUMBERS_ZH),
    ],
    "po_line": _put(("po line", "order line", "p o line", "line", "item", "order item", "purchase order line", "pos",
                     "position", "po item", "ln", "line item", "p o line item", "po line item"), ("", "no", "nr", "number", "#"))
    + ["bestellposition", "auftragsposition", "auftragspos", "bestellpos", "renglón", "partida", "posición", "订单行号", "行项目",
       "序号"],
    "stated_number": [
        *_put(_PAPERS, NUMBERS),
        "folio", "oficio", "constancia", "reference", "ref", "n ref", "nuestra referencia", "referencia nuestra", "document reference", "certificate reference",
        *_put(("number of certificate", "number of the certificate", "unique number", "tracking number", "cert of conf no")),
        *_put(_PAPERS_DE, NUMBERS_DE),
        *_put(_PAPERS_ES, NUMBERS_ES),
        *_put(("número de", "nº de", "no de", "núm de", "n° de", "número del"), _PAPERS_ES),
        *_zh(("证书", "证明", "证明书", "质保书", "质量证明书", "质量证明", "报告", "合格证", "合格证书", "检验报告", "文件", "检验证书",
              "质检报告", "单据", "声明"), ("编号", "号", "号码", "序号")),
    ],
    "stated_on": [
        *_put(("date of",), ("certificate", "certification", "issue", "the certificate", "document", "report", "release",
                             "issuance", "signing", "signature", "coc", "declaration")),
        *_put(("certificate", "cert", "certification", "issue", "issued", "release", "document", "report", "signature", "coc",
               "sign", "signing", "doc", "mtr", "cmtr", "test report", "declaration"), ("date", "dt", "day", "on")),
        *_put(("released on", "signed on", "date of this certificate", "day of issue", "made out on", "date signed")),
        *_put(("ausgestellt", "erstellt", "ausgefertigt", "ausgegeben", "unterzeichnet"), ("am", "")),
        *_put(("zeugnis", "zertifikats", "bescheinigungs", "ausgabe", "ausfertigungs", "dokument", "prüf", "erstell",
               "erstellungs", "freigabe"), "datum"),
        "ausgabedatum", "prüfdatum", "erstelldatum", "freigabedatum", "datum des zeugnisses", "tag der ausstellung",
        *_put(("fecha",), ("de emisión", "de expedición", "del certificado", "de certificado", "de certificación",
                           "del documento", "de liberación", "de firma", "de la constancia", "del informe")),
        "expedido el", "emitido el", "emitido", "expedido",
        *_zh(("签发", "发证", "证书", "出证", "开具", "出具", "填写", "制单", "签署", "签字", "报告", "开证", "发布", "批准"), ("日期", "时间")),
    ],
    "part_number": [
        *_put(_PARTS, NUMBERS),
        *_put(("part identification", "part ident", "part id", "drawing", "dwg", "p/n", "part name and number", "part drawing no",
               "item code", "part code", "product code", "stock code", "sku", "material code", "customer item")),
        *_put(("teile", "teil", "sach", "artikel", "zeichnungs", "material", "produkt", "ident", "kundenteile",
               "kunden teile", "werkstück", "bauteil", "kundenartikel", "kunden artikel", "kundenmaterial"), NUMBERS_DE),
        "teil", "artikel", "zeichnung", "werkstück", "bauteil", "benennung nr",
        *_put(("pieza", "parte", "número de parte", "número de pieza", "plano", "artículo", "dibujo", "código", "referencia",
               "producto"), ("", *NUMBERS_ES)),
        *_put(("número de", "nº de", "no de", "núm de", "n° de", "código de"), ("pieza", "parte", "plano", "artículo",
                                                                               "dibujo", "producto", "componente")),
        *_zh(("零件", "零件图", "图", "产品", "产品图", "物料", "零部件", "图纸", "部件", "工件", "客户件", "料"), ("号", "编号", "代号", "图号")),
    ],
    "part_revision": [
        *_put(("part", "drawing", "dwg", "drg", "customer part", "print", "item", "article"), REVISIONS),
        "cambio", "nivel de cambio", "nivel de revisión", "nivel de ingeniería", "stand", "zeichnungsstand", "zeichnungs index", "zeichnungsindex", "teile index", "änd index", "änderungs index", "änderungsstand",
        "zeichnungsrevision", "revision der zeichnung", "änderung", "änd stand", "zeichnungs revision", "teileindex",
        *_put(("revisión", "rev", "nivel de revisión", "edición"), ("de pieza", "de la pieza", "de parte", "de la parte",
                                                                   "de plano", "del plano", "de dibujo", "del dibujo")),
        *_zh(("零件", "图纸", "图号", "产品", "图样", "零部件", "件号"), ("版本", "版次", "版本号", "修订", "版号")),
    ],
    "spec_number": [
        *_put(_SPECS, ("", *NUMBERS)),
        *_put(("specification and revision", "spec and rev", "process specification and revision", "material meets",
               "produced to", "treated to", "processed to", "processed per", "processed in accordance with", "supplied to",
               "made to", "manufactured to", "specification and issue", "process and specification")),
        *_put(("liefervorschrift", "liefernorm", "prüfvorschrift", "arbeitsvorschrift", "verfahrensnorm", "prozessnorm",
               "technische lieferbedingung", "lieferspezifikation", "werkstoffspezifikation", "prozessvorschrift",
               "behandlungsvorschrift", "vorgabe", "regelwerk", "norm spezifikation", "spezifikations nr")),
        *_put(("norma", "especificación", "especificación del proceso", "especificación de proceso", "norma aplicable",
               "especificación aplicable", "norma del producto", "especificación del material", "norma de material",
               "norma de referencia", "procedimiento", "especificación técnica"), ("", *NUMBERS_ES)),
        *_zh(("执行标准", "技术标准", "工艺标准", "工艺规范", "产品标准", "技术条件", "执行规范", "加工规范", "加工标准", "验收标准",
              "适用标准", "适用规范", "技术规范", "材料标准", "标准", "规范"), ("", "号", "编号")),
    ],
    "spec_revision": [
        *_put(("specification", "spec", "process specification", "process spec", "standard"), REVISIONS),
        *_put(("revision", "rev", "issue"), ("of specification", "of spec", "of the specification", "of standard")),
        "spezifikations revision", "spezifikationsstand", "normausgabe", "ausgabe der norm", "ausgabe der spezifikation",
        "spez rev", "spez revision", "revision der vorschrift", "spezifikationsindex", "vorschrift ausgabe", "norm ausgabe",
        *_put(("revisión", "rev", "edición"), ("de norma", "de la norma", "de especificación", "de la especificación", "de espec",
                                              "especificación", "norma")),
        *_zh(("规范", "标准", "工艺规范", "工艺标准", "技术规范", "规范书"), ("版本", "版次", "版本号", "修订", "版")),
    ],
    "spec_type": [*_put(("specification", "spec", "process", "coating", "anodize", "plating", "finish", "treatment"), "type"),
                  "typ nach spezifikation", "verfahrenstyp", "tipo de recubrimiento", "tipo según norma", "规范类型", "工艺类型",
                  "型别", "类型", "型式"],
    "spec_class": [*_put(("specification", "spec", "process", "coating", "anodize", "plating", "finish"), "class"),
                   "klasse nach spezifikation", "schichtklasse", "clase según norma", "规范等级", "规范级别", "级别", "等级"],
    "lot": [
        *_put(("lot", "batch", "process lot", "production lot", "lot batch", "customer batch", "your batch"), ("", *NUMBERS)),
        *_put(("los", "charge los", "fertigungsauftrag", "fertigungslos", "arbeitsauftrag", "auftrag los", "losnummer",
               "begleitkarte", "laufkarte", "kundenlos"), ("", "nr", "nummer")),
        *_put(("lote", "lote de producción", "orden de trabajo", "orden de producción", "lote del cliente", "lote cliente"),
              ("", *NUMBERS_ES)),
        *_put(("número de", "nº de", "no de"), ("lote", "orden de trabajo")),
        *_zh(("批次", "生产批", "批", "工单", "生产批次", "流转卡", "客户批", "加工批", "产品批", "批量"), ("号", "编号")), "批次",
    ],
    "lot_number": _put(("traveler", "traveller", "job", "work order", "shop order", "router", "customer traveler", "customer job",
                        "w o", "wo", "job order", "lot traveler", "traveler lot", "route card", "your traveler", "your lot",
                        "customer lot", "customer lot id", "fertigungsauftrag", "auftrag los", "kundenlos", "laufkarte"), ("", *NUMBERS)),
    "identifier": [
        *_put(("heat", "cast", "melt", "charge", "heat lot", "heat or lot", "ingot", "coil", "mill heat", "heat cast", "heat batch",
               "cast heat", "ladle", "melt lot", "heat of material", "heat code", "material heat", "furnace"), ("", *NUMBERS)),
        *_put(("schmelze", "schmelzen", "schmelz", "charge", "chargen", "guss"), ("", *NUMBERS_DE)),
        *_put(("colada", "hornada", "fundición", "lingote"), ("", *NUMBERS_ES)),
        *_put(("número de", "nº de", "no de", "n° de"), ("colada", "hornada", "fundición")),
        *_zh(("炉", "熔炼炉", "炉批", "熔炉", "冶炼炉", "熔炼", "炉次", "熔炼批", "炉罐"), ("号", "次号", "批号", "编号")), "炉次",
    ],
    "quantity": [
        *_put(("qty", "quantity", "number", "no", "count"), ("accepted", "processed", "shipped", "certified", "treated", "delivered",
                                                            "acc", "good", "released", "passed", "inspected", "supplied", "ok")),
        *_put(("accepted", "processed", "shipped", "certified", "delivered", "total", "lot", "order", "good", "conforming", "net"),
              ("qty", "quantity", "pcs", "pieces")),
        "pcs", "certified quantity", "quantity of parts",
        *_put(("number of", "no of", "nos of", "qty of", "quantity of", "number of the"), _PIECES),
        *_put(("number of", "no of"), ("parts", "pieces"), ("processed", "certified", "accepted", "treated", "delivered")),
        *_put(_PIECES[:4], ("processed", "certified", "accepted", "treated", "delivered", "shipped")),
        *_put(("anzahl", "menge", "stückzahl", "liefermenge", "gutmenge", "stück", "stk", "anzahl teile", "anzahl der teile",
               "losgröße", "gelieferte menge", "geprüfte menge", "gut stück")),
        *_put(("cantidad", "cant", "piezas", "no de piezas", "nº de piezas", "número de piezas", "cantidad de piezas",
               "cantidad aceptada", "cantidad procesada", "cantidad certificada", "cantidad entregada", "unidades")),
        *_zh(("合格", "交付", "加工", "产品", "送检", "检验", "发货", "交货", "接收", "总"), ("数量", "件数", "数")), "件数", "数量", "支数", "块数",
    ],
    "process_from": [
        *_put(_WORKS, ("start", "started", "begun", "from", "began", "start date", "begin date", "date from", "started on", "in")),
        *_put(("date", "start date of", "first day of", "start of", "beginning of", "date started", "date begun", "start"),
              ("process", "processing", "treatment", "work", "")),
        "started", "begun", "started on", "begun on", "date in", "in", "first day", "commenced", "start date", "date of start", "work commenced", "process commenced", "began on",
        "bearbeitung von", "bearbeitungsbeginn", "beginn der bearbeitung", "prozessbeginn", "beginn", "behandlung von", "von",
        "behandelt ab", "start der bearbeitung", "startdatum", "bearbeitet vom",
        "inicio", "fecha de inicio", "inicio de proceso", "inicio del tratamiento", "fecha inicial", "procesado desde", "desde",
        *_zh(("加工", "处理", "工艺", "生产", ""), ("开始日期", "起始日期", "开始时间", "开工日期", "起始", "开始")),
    ],
    "process_to": [
        *_put(_WORKS, ("end", "ended", "finished", "complete", "completed", "to", "until", "end date", "finish date", "date to",
                       "completion date", "completed on", "out", "thru", "through")),
        *_put(("end of", "last day of", "completion of", "end date of"), ("process", "processing", "treatment", "work")),
        "date out", "out", "last day", "completion date", "finish date", "date of completion", "date completed", "date finished",
        "end date", "completed", "finished", "concluded", "work concluded", "date of finish",
        "bearbeitung bis", "bearbeitungsende", "ende der bearbeitung", "prozessende", "behandlung bis", "abgeschlossen am",
        "fertiggestellt am", "enddatum", "bis", "fertig am",
        "término", "fecha de término", "fecha de fin", "fin de proceso", "fin del tratamiento", "fecha final", "hasta",
        "terminación", "fecha de terminación",
        *_zh(("加工", "处理", "工艺", "生产", ""), ("完成日期", "结束日期", "完成时间", "完工日期", "终止日期", "结束", "完成")),
    ],
    "process_on": [
        *_put(_WORKS, ("date", "dates", "period", "performed", "performed on", "carried out", "window", "day", "days", "date s")),
        *_put(("date", "dates", "period", "date s"), ("processed", "of processing", "of process", "of work", "of treatment", "treated",
                                           "of the work", "performed", "plated", "anodized", "coated", "of plating")),
        "processed", "processed on", "processed between", "treated on", "performed on", "performed", "work dates", "done on",
        "bearbeitungszeitraum", "bearbeitungsdatum", "bearbeitet am", "bearbeitet", "prozessdatum", "behandlungsdatum",
        "behandelt am", "zeitraum", "zeitraum der bearbeitung", "bearbeitungstage", "behandlungszeitraum", "durchgeführt",
        "durchgeführt am", "ausgeführt am",
        *_put(("fecha de", "fechas de", "periodo de", "período de", "fecha del", "fechas del"), ("proceso", "procesado", "tratamiento", "procesamiento", "trabajo")),
        "procesado", "procesado el", "realizado", "periodo",
        *_zh(("加工", "处理", "工艺", "生产", "施工"), ("日期", "时间", "期间", "周期")),
    ],
    "condition": [
        *_put(("alloy", "material", "delivery", "supply", "product", "heat treatment", "surface", "final"), ("condition", "temper", "state")),
        "condition of delivery", "condition supplied", "delivered condition", "as supplied condition", "heat treatment",
        "liefer zustand", "wärmebehandlungszustand", "wärmebehandlung", "zustand bei lieferung",
        "estado metalúrgico", "estado de entrega", "condición de entrega", "tratamiento térmico", "temple",
        *_zh(("交货", "供货", "供应", "热处理", "材料", "产品"), "状态"),
    ],
    "grade": ["grade and temper", "alloy and grade", "material designation", "steel name", "alloy designation", "werkstoffnummer",
              "werkstoff nr", "güte", "material bezeichnung", "calidad", "calidad del material", "designación", "合金牌号", "材质牌号",
              "钢种"],
    "site": [
        *_put(("processing", "process", "processor", "manufacturing", "production", "treating", "work", "performing"),
              ("site", "facility", "location", "plant", "works", "house")),
        *_put(("processed", "treated", "performed", "carried out", "manufactured", "work performed", "work done", "made"), ("at", "by")),
        "processor", "supplier", "manufacturer", "producer", "vendor", "issued by", "issuer", "site of process", "place of work",
        "place of processing", "works and address", "manufacturer s works", "seller", "company", "certifying company",
        "bearbeitungsort", "ausführendes werk", "lieferant", "hersteller", "ausführung durch", "herstellerwerk", "lieferwerk",
        "durchführender betrieb", "ort der bearbeitung", "aussteller", "bearbeiter", "auftragnehmer",
        "proveedor", "fabricante", "procesador", "lugar del proceso", "sitio de proceso", "planta de proceso", "emisor", "taller",
        "供应商", "加工单位", "加工方", "生产厂", "制造厂", "生产单位", "承制单位", "加工地点", "制造商", "生产厂家", "加工厂", "供方", "出具单位",
        "加工商", "处理厂",
    ],
    "site_address": ["works address", "processor address", "supplier address", "address of works", "address of plant",
                     "facility address", "process address", "address of processing site", "postal address", "works location",
                     "adresse des werks", "werksadresse", "lieferantenadresse", "dirección de la planta", "ubicación",
                     "dirección del proveedor", "供应商地址", "工厂地址", "厂址", "加工地址", "单位地址", "生产地址", "加工单位地址"],
    "certificate_type": ["type of document", "kind of certificate", "inspection document type", "document kind", "en 10204",
                         "certificate to en 10204", "document type en 10204", "certificate class", "certificate as per en 10204",
                         "art des zeugnisses", "bescheinigung nach en 10204", "prüfbescheinigung nach en 10204", "prüfbescheinigung",
                         "tipo de documento", "tipo según en 10204", "clase de certificado", "文件类型", "证书种类", "证明书类型"],
    "signed_name": [
        *_put(("authorised", "authorized", "approved", "certified", "released", "inspected", "signed", "verified", "issued", "checked",
               "validated", "prepared", "reviewed", "witnessed"), ("by", "")),
        *_put(("name", "signature", "name and signature", "signature and name", "name of signer", "name of signatory",
               "printed name", "print name", "signatory", "signed", "inspector", "name title", "name and title",
               "name and function", "name function", "signature and title", "name in print", "signer name", "signer s name", "by")),
        *_put(("quality", "qa", "qc", "authorised", "authorized", "company", "responsible", "inspection", "certifying", "q a"),
              ("rep", "representative", "signature", "manager", "signatory", "inspector", "person", "officer", "agent", "signoff",
               "approval")),
        "for the company", "on behalf of the company", "for and on behalf of", "for and on behalf of the company", "manufacturer s representative",
        "inspection representative", "stamp of the inspection representative", "authorised inspection representative",
        *_put(("unterzeichner", "unterzeichnet", "gezeichnet", "gez", "name", "freigegeben", "freigabe", "geprüft", "prüfer",
               "sachverständiger", "abnahmebeauftragter", "verantwortlich", "verantwortlicher", "name unterschrift", "bestätigt",
               "der abnahmebeauftragte", "qualitätsstelle", "qualitätssicherung", "ausgestellt von", "erstellt von")),
        *_put(("firma", "firma autorizada", "nombre", "firmado", "firmado por", "nombre y firma", "autorizó", "autoriza", "aprobó",
               "aprobado", "responsable", "elaboró", "revisó", "inspector", "liberó", "liberado por", "firmante", "inspeccionó",
               "verificó", "por", "nombre del firmante", "responsable de calidad", "emitido por")),
        *_zh(("签字", "签名", "签发", "批准", "审核", "检验", "质检", "授权", "负责", "审批", "制表", "质量负责", "签署", "授权签字"), ("人", "员", "者", "")),
    ],
    "signed_title": ["job title", "title position", "position held", "title of signer", "title of signatory", "role", "capacity", "its",
                     "designation", "job function", "stellung", "position im unternehmen", "dienststellung", "puesto", "cargo",
                     "categoría", "岗位", "职称", "职务职称", "职位"],
    "page_of": ["pg", "hoja no", "sheet no", "page no", "seite nr", "blatt nr", "página no", "页码", "页次"],
    "other": ["invoice no", "invoice number", "invoice", "packing slip", "packing slip no", "packing list", "packing list no",
              "delivery note", "delivery note no", "shipper no", "shipper", "sales order", "sales order no", "our order", "our order no",
              "order date", "date of order", "po date", "purchase order date", "received", "received on", "date received", "due date",
              "ship date", "date shipped", "expiry date", "expires", "valid until", "form no", "form", "nadcap certificate", "accreditation no",
              "cage code", "cage", "tax id", "vat no", "phone", "tel", "fax", "email", "e mail", "telephone", "lieferschein",
              "lieferschein nr", "rechnung", "bestelldatum", "eingangsdatum", "auftragsdatum", "formblatt", "telefon", "factura", "remisión",
              "fecha de pedido", "fecha del pedido", "fecha de recepción", "fecha de la orden", "teléfono", "电话", "传真", "发货单号", "收货日期",
              "订单日期", "发货日期", "订货日期", "test date", "inspection date", "calibration date", "calibration due", "revision date", "rev date",
              "form rev", "form revision", "ship to", "sold to", "bill to", "end user", "product", "form of product", "erzeugnis",
              "producto", "产品", "品名", "section", "dimensions", "size", "abmessung", "dimensiones", "规格", "尺寸"],
}  # fmt: skip
