"""What houses print before, above and behind the facts of a certificate, in four languages: words to compose papers of.

Written from the papers of the trade, not from what a reader knows. A bar parts the ways; every third way of a
list is for papers that are held back while a reader is tuned.
"""

# a list of words is read by its lines, not by their length
# ruff: noqa: E501

from __future__ import annotations

_EN = {
    "stated_number": "Certificate No.|Cert. Number|Certification No|C of C No.|Cert #|Document No.|Certificate Reference|CoC Number|Report No.",
    "stated_on": "Date|Date of Issue|Cert. Date|Issue Date|Certificate Date|Date Issued|Dated|Date Certified|Report Date",
    "site": "Processed At|Processing Site|Facility|Processor|Work Performed At|Processing Facility|Manufacturing Site|Supplier|Plant",
    "site_address": "Address|Site Address|Facility Address|Location|Plant Address|Works Address|Street Address",
    "po_number": "Purchase Order|P.O. No.|Customer PO|PO Number|Customer Order No.|P.O. #|Your Order No.|Purchase Order No.|Order No.",
    "po_line": "Line|Item|PO Line|Line Item|Item No.|Pos.",
    "part_number": "Part Number|Part No.|P/N|Part #|Customer Part No.|Item No. / Part No.|Drawing No.|Product No.|Component P/N",
    "part_revision": "Part Rev|Rev.|Drawing Rev.|Part Revision|Rev Level|Dwg Rev|Part Issue|Change Letter",
    "lot_number": "Traveler|Lot No.|Job No.|Customer Lot|Work Order|Traveler No.|Shop Traveler|Lot / Batch|Batch No.",
    "quantity": "Quantity|Qty|Qty. Shipped|No. of Pieces|Quantity Accepted|Pcs|Quantity Processed|Qty Certified|Total Pieces",
    "spec_number": "Specification|Process Specification|Spec.|Spec No.|Process Spec|Applicable Specification|Specification Number|Process Standard|Governing Spec",
    "spec_revision": "Spec Rev|Specification Revision|Spec. Revision|Revision of Specification|Spec Issue|Spec Rev. Level",
    "spec_type": "Type|Process Type|Coating Type|Spec. Type|Anodize Type|Type (per spec)",
    "spec_class": "Class|Process Class|Coating Class|Spec. Class|Class (per spec)|Finish Class",
    "process_from": "Process Start|Date Started|Start Date|Processed From|Date In Process|Started On|Work Began",
    "process_to": "Process End|Date Completed|Completion Date|Processed To|Date Finished|Completed On|Work Completed",
    "dates": "Process Dates|Date(s) Processed|Processing Period|Date of Processing|Processed|Dates of Work",
    "signed_name": "Signed|Authorized By|Approved By|Name|Certified By|Authorized Signature|QA Representative|Print Name|Inspector",
    "signed_title": "Title|Position|Job Title|Function|Role|Capacity",
    "identifier": "Heat No.|Heat Number|Heat|Heat/Lot No.|Melt No.|Cast No.|Heat Code|Ingot / Heat No.|Mill Heat",
    "grade": "Grade|Alloy|Material|Material Grade|Alloy / Grade|Type of Alloy",
    "condition": "Condition|Temper|Delivery Condition|Condition of Supply|Heat Treat Condition|Material Condition",
    "description": "Description|Form|Product|Size|Dimensions|Product Form|Item Description",
    "weight": "Weight|Net Weight|Weight (lb)|Net Wt.|Mass|Total Weight",
    "certificate_type": "Certificate Type|Type of Certificate|EN 10204|Inspection Document|Document Type|Certificate to EN 10204",
    "customer": "Customer|Sold To|Ship To|Purchaser|Buyer|Bill To",
}
_DE = {
    "stated_number": "Bescheinigungs-Nr.|Zeugnis-Nr.|Zertifikat Nr.|Prüfzeugnis-Nr.|Dokument-Nr.|Zertifikatsnummer|Nr. der Bescheinigung",
    "stated_on": "Datum|Ausstellungsdatum|Ausgestellt am|Datum der Ausstellung|Zeugnisdatum|Erstellt am",
    "site": "Bearbeitungsort|Ausführendes Werk|Lieferant|Betrieb|Werk|Bearbeitet durch|Hersteller",
    "site_address": "Anschrift|Adresse|Werksanschrift|Anschrift des Werks|Straße / Ort",
    "po_number": "Bestellnummer|Bestell-Nr.|Ihre Bestellung|Kundenbestellung|Auftrags-Nr. Kunde|Kunden-Bestellnr.|Bestellung Nr.",
    "po_line": "Position|Pos.|Bestellposition|Pos.-Nr.",
    "part_number": "Teilenummer|Artikel-Nr.|Sach-Nr.|Zeichnungs-Nr.|Teile-Nr.|Zeichnungsnummer|Ident-Nr.",
    "part_revision": "Änderungsindex|Index|Revision|Zeichnungsindex|Änd.-Stand|Rev.",
    "lot_number": "Los|Losnummer|Fertigungsauftrag|Los-Nr.|Laufkarte|Charge / Los|Kundenlos",
    "quantity": "Stückzahl|Menge|Anzahl|Liefermenge|Stück|Anzahl Teile",
    "spec_number": "Spezifikation|Vorschrift|Norm|Prozessspezifikation|Verfahrensvorschrift|Behandlungsvorschrift",
    "spec_revision": "Ausgabe|Ausgabestand|Revision der Spezifikation|Spez.-Rev.|Ausgabe der Vorschrift",
    "spec_type": "Typ|Schichttyp|Typ nach Spezifikation|Verfahrenstyp",
    "spec_class": "Klasse|Schichtklasse|Klasse nach Spezifikation|Güteklasse",
    "process_from": "Bearbeitungsbeginn|Beginn|Behandelt von|Prozessbeginn|Begonnen am",
    "process_to": "Bearbeitungsende|Ende|Behandelt bis|Prozessende|Beendet am",
    "dates": "Bearbeitungszeitraum|Bearbeitet|Behandlungsdatum|Prozessdatum|Bearbeitung vom/bis",
    "signed_name": "Name|Unterschrift|Freigegeben von|Geprüft|Prüfer|Abnahmebeauftragter|Unterzeichner",
    "signed_title": "Funktion|Stellung|Position|Titel|Dienststellung",
    "identifier": "Schmelze|Schmelzen-Nr.|Schmelze Nr.|Chargen-Nr.|Schmelznummer|Charge",
    "grade": "Werkstoff|Legierung|Güte|Werkstoffbezeichnung|Stahlsorte",
    "condition": "Lieferzustand|Zustand|Werkstoffzustand|Behandlungszustand",
    "description": "Erzeugnis|Bezeichnung|Abmessung|Produkt|Erzeugnisform",
    "weight": "Gewicht|Masse|Nettogewicht|Gewicht (kg)",
    "certificate_type": "Art der Prüfbescheinigung|Zeugnisart|Bescheinigung nach EN 10204|EN 10204",
    "customer": "Kunde|Besteller|Empfänger|Auftraggeber",
}
_ES = {
    "stated_number": "Certificado No.|Número de certificado|Nº de certificado|Certificado núm.|Folio|No. de Certificado|Documento No.",
    "stated_on": "Fecha|Fecha de emisión|Emitido el|Fecha de certificado|Fecha de expedición|Expedido el",
    "site": "Planta|Lugar de proceso|Procesado en|Proveedor|Planta de proceso|Taller|Empresa",
    "site_address": "Dirección|Domicilio|Ubicación|Dirección de la planta|Domicilio de la planta",
    "po_number": "Orden de compra|Pedido|Su pedido|O.C. No.|Pedido del cliente|Orden de compra No.|Número de pedido",
    "po_line": "Partida|Línea|Posición|Renglón",
    "part_number": "Número de parte|No. de parte|Nº de pieza|N/P|Referencia|Número de pieza|Plano No.",
    "part_revision": "Revisión|Rev.|Revisión del plano|Rev. de plano|Nivel de revisión",
    "lot_number": "Lote|Número de lote|Orden de trabajo|Lote No.|Hoja viajera|Lote del cliente",
    "quantity": "Cantidad|Piezas|Cantidad de piezas|Cant.|Número de piezas|Cantidad certificada",
    "spec_number": "Especificación|Norma|Especificación de proceso|Norma aplicable|Especificación aplicable|Norma de proceso",
    "spec_revision": "Revisión de la norma|Revisión de especificación|Rev. de norma|Edición de la norma|Rev. espec.",
    "spec_type": "Tipo|Tipo de proceso|Tipo de recubrimiento",
    "spec_class": "Clase|Clase de recubrimiento|Clase según norma",
    "process_from": "Inicio|Fecha de inicio|Inicio del proceso|Procesado desde|Proceso iniciado",
    "process_to": "Término|Fecha de término|Fin del proceso|Procesado hasta|Proceso terminado",
    "dates": "Fechas de proceso|Periodo de proceso|Fecha de proceso|Fechas de tratamiento",
    "signed_name": "Nombre|Firma|Firmado por|Autorizó|Aprobado por|Responsable|Nombre y firma",
    "signed_title": "Puesto|Cargo|Título|Función",
    "identifier": "Colada|No. de colada|Número de colada|Colada Nº|Hornada",
    "grade": "Material|Aleación|Grado|Calidad",
    "condition": "Estado|Condición|Temple|Estado de suministro",
    "description": "Descripción|Producto|Dimensiones|Forma",
    "weight": "Peso|Peso neto|Peso (kg)",
    "certificate_type": "Tipo de certificado|Tipo de documento|EN 10204|Certificado según EN 10204",
    "customer": "Cliente|Comprador|Destinatario",
}
_ZH = {
    "stated_number": "证书编号|证明书编号|报告编号|质保书号|合格证编号|文件编号",
    "stated_on": "日期|签发日期|开具日期|发证日期|出具日期",
    "site": "加工单位|生产厂|加工厂|供应商|加工地点|制造单位",
    "site_address": "地址|厂址|单位地址|加工地址",
    "po_number": "订单号|采购订单号|合同号|客户订单号|订货合同|采购单号",
    "po_line": "行号|项次|订单行",
    "part_number": "零件号|图号|件号|零件图号|产品图号|物料编码",
    "part_revision": "版本|版次|图纸版本|零件版次",
    "lot_number": "批号|批次号|流转卡号|工单号|生产批号",
    "quantity": "数量|件数|合格数量|交付数量",
    "spec_number": "规范|执行标准|工艺规范|标准号|技术标准|规范编号",
    "spec_revision": "规范版本|标准版本|规范版次|标准版次",
    "spec_type": "类型|型别|膜层类型",
    "spec_class": "等级|类别|级别",
    "process_from": "开始日期|加工开始|开工日期|起始日期",
    "process_to": "完成日期|加工完成|完工日期|结束日期",
    "dates": "加工日期|处理日期|生产日期|加工时间",
    "signed_name": "签字|检验员|签发人|审核|批准人|质检员",
    "signed_title": "职务|职位|岗位",
    "identifier": "炉号|熔炼炉号|炉批号|熔炼号",
    "grade": "牌号|材质|材料牌号|合金牌号",
    "condition": "交货状态|状态|供货状态|热处理状态",
    "description": "规格|产品名称|品名|规格尺寸",
    "weight": "重量|净重|重量(kg)",
    "certificate_type": "证书类型|证明书类型|EN 10204",
    "customer": "客户|需方|购货单位",
}
LABELS = {
    language: {key: tuple(ways.split("|")) for key, ways in words.items()}
    for language, words in (("en", _EN), ("de", _DE), ("es", _ES), ("zh", _ZH))
}
TITLES = {
    "en": (
        "Certificate of Conformance",
        "CERTIFICATE OF COMPLIANCE",
        "Certificate of Processing",
        "Certified Test Report",
        "Material Test Report",
        "PROCESS CERTIFICATION",
        "Certificate of Conformity",
        "Inspection Certificate",
    ),
    "de": (
        "Konformitätsbescheinigung",
        "Werkszeugnis",
        "Abnahmeprüfzeugnis",
        "Bescheinigung der Übereinstimmung",
    ),
    "es": (
        "Certificado de Conformidad",
        "CERTIFICADO DE CALIDAD",
        "Certificado de Proceso",
        "Constancia de Tratamiento",
    ),
    "zh": ("质量证明书", "产品合格证", "材质证明书", "表面处理报告"),
}
STATEMENTS = {
    "en": ("We certify that the above parts were processed in accordance with the specification and meet its requirements.",
           "This is to certify that the material described herein conforms to the requirements of the purchase order.",
           "It is hereby certified that the whole of the supplies detailed above conforms to the order and the specification.",
           "The undersigned certifies that all requirements of the specification listed have been met.",
           "All items listed meet the requirements of the order; records are on file and available for review.",
           "Results above comply with the specification and the parts are released for delivery."),
    "de": ("Wir bestätigen, dass die gelieferten Teile den Vereinbarungen bei der Bestellannahme entsprechen.",
           "Hiermit wird bescheinigt, dass die aufgeführten Erzeugnisse die Anforderungen der Vorschrift erfüllen.",
           "Die Prüfung ergab die Übereinstimmung der Teile mit der Spezifikation und der Bestellung."),
    "es": ("Certificamos que las piezas arriba descritas cumplen con los requisitos de la especificación y del pedido.",
           "Por la presente se hace constar que el material cumple con la norma indicada y con la orden de compra.",
           "Se certifica que el proceso se realizó de conformidad con la norma indicada."),
    "zh": ("兹证明上述产品符合规范和订单的全部要求。", "本公司证明所列零件按上述标准加工,检验合格,准予放行。",
           "以上结果符合标准要求,特此证明。"),
}  # fmt: skip
VAGUE = {
    "en": (
        "Processed per print to the best of our knowledge.",
        "The parts are believed to be good; no warranty is given.",
    ),
    "de": ("Nach bestem Wissen gefertigt, ohne Gewähr.",),
    "es": ("El trabajo se hizo a nuestro leal saber y entender.",),
    "zh": ("据我们所知产品合格,仅供参考。",),
}
HEADS = {
    "en": {"name": "Test|Characteristic|Property|Requirement|Measurement", "minimum": "Min|Minimum|Spec Min|Min.", "maximum": "Max|Maximum|Spec Max|Max.",
           "limits": "Requirement|Specified|Limits|Spec Range", "value": "Actual|Result|Measured|Value|Reading", "unit": "Unit|Units|UOM|U/M"},
    "de": {"name": "Merkmal|Prüfung|Eigenschaft|Kennwert", "minimum": "Min.|Mindestwert|Soll min.", "maximum": "Max.|Höchstwert|Soll max.",
           "limits": "Soll|Anforderung|Vorgabe", "value": "Ist|Istwert|Ergebnis|Messwert", "unit": "Einheit|Einh."},
    "es": {"name": "Prueba|Característica|Propiedad|Ensayo", "minimum": "Mín.|Mínimo|Mín", "maximum": "Máx.|Máximo|Máx",
           "limits": "Requisito|Especificado|Límites", "value": "Resultado|Obtenido|Valor|Medido", "unit": "Unidad|Unid."},
    "zh": {"name": "检验项目|项目|性能", "minimum": "最小值|下限", "maximum": "最大值|上限",
           "limits": "标准要求|要求|规定值", "value": "实测值|结果|检测值", "unit": "单位|计量单位"},
}  # fmt: skip
ROWS = {"en": ("Min", "Max", "Actual"), "de": ("Min.", "Max.", "Ist"), "es": ("Mín", "Máx", "Resultado"), "zh": ("最小", "最大", "实测")}  # fmt: skip
PAGES = {"en": ("Page {} of {}", "Page {}/{}", "Sheet {} of {}", "PG {} OF {}"), "de": ("Seite {} von {}", "Blatt {}/{}"),
         "es": ("Página {} de {}", "Hoja {} de {}"), "zh": ("第 {} 页 共 {} 页", "第{}页/共{}页")}  # fmt: skip
PIECES = {"en": ("", " pcs", " EA", " pieces"), "de": ("", " Stück", " Stk."), "es": ("", " piezas", " pzas"), "zh": ("", " 件", "件")}  # fmt: skip
REVISION = {"en": ("Rev {}", "Rev. {}", "rev {}", "Revision {}", "Issue {}"), "de": ("Rev. {}", "Ausgabe {}", "Index {}"),
            "es": ("Rev. {}", "rev {}", "revisión {}"), "zh": ("版本 {}", "Rev.{}", "{}版")}  # fmt: skip
TYPE = {"en": ("Type {}", "TY {}"), "de": ("Typ {}",), "es": ("Tipo {}",), "zh": ("类型 {}", "Type {}")}
CLASS = {
    "en": ("Class {}", "CL {}"),
    "de": ("Klasse {}",),
    "es": ("Clase {}",),
    "zh": ("等级 {}", "Class {}"),
}
TO = {
    "en": (" - ", " to ", " thru "),
    "de": (" - ", " bis "),
    "es": (" - ", " al ", " a "),
    "zh": (" - ", " 至 "),
}
OTHER_WORDS = (
    "Form QF-{0} Rev. {1}", "Packing Slip No. {2}", "Our Order No. {2}", "Tel. +1 316 555 01{0}  Fax +1 316 555 02{0}",
    "Nadcap accredited to AC7108 and AC7004. Quality system certified to AS9100D and ISO 9001:2015.",
    "This certificate shall not be reproduced except in full without written approval.",
    "Invoice No. INV-{2}", "Records are retained for ten years. Form revised 03/2021.", "CAGE {1}{2}",
)  # fmt: skip
