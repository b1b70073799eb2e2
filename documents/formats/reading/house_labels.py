"""Labels as single houses shorten and turn them, in four languages. None of them is put together from others.

A word on its own is a label only where it stands alone in its cell or before a colon.
"""

# a list of words is read by its lines, not by their length
# ruff: noqa: E501

from __future__ import annotations

# key → labels; a bar parts them. What stands in `labels.LABELS` or `more_labels.MADE` goes before.
HOUSES = {
    "po_number": (
        "purch order|purch order no|purch ord no|purch ord|purchase ord|sales contract|sales contract no|customer ref no"
        "|order acknowledgement|supply order|subcontract order|subcontract order no|subcontract po|outside process order"
        "|outside processing order|osp order|osp po|procurement order|blanket order|blanket po|purchase document|release order"
        "|po and line|po line no|order and item|kd best nr|best nr|best no|kd auftrags nr|kd bestell nr|einkaufsbeleg|abruf"
        "|abruf nr|abrufbestellung|lohnauftrag|lohnauftrags nr|rahmenbestellung|bestellreferenz|o de c|ord compra|ord de compra"
        "|su referencia|su ref|referencia del cliente|ref cliente|n de oc|no de oc|oc no|orden abierta|orden de maquila"
        "|客户po号|po号|po编号|po单号|外协订单号|外协单号|委托单号|来料单号"
    ),
    "po_line": "itm|po ln|ln no|posten|posten nr|ítem|item nr|partida no|no de partida|posición del pedido|pos pedido|项号|项目号|行|行次",
    "part_number": (
        "p no|pt no|pt nr|item supplied|article supplied|goods supplied|cust p n|customer p n|your p n|buyer p n|oem p n|article|art no|art nr|component|stock no|stock number"
        "|tag no|part mark|part ref|part reference|part and revision|part rev no|ident|zchg nr|zchng nr|zng nr|zeichn nr"
        "|teilebezeichnung nr|teils|n p|np|componente|componente no|clave|clave de parte|产品编码|客户料号|客户图号|零件编码|部件图号"
    ),
    "?revision": "iss|revis|rev ltr|ausg|revisionsstand|änd|版",
    "part_revision": (
        "part iss|drg iss|dwg iss|chg level|chg lvl|ec level|ecn level|engineering level|eng level|eng rev|design revision|design issue"
        "|model revision|drawing status|zeichnungs stand|zng index|índice de plano|índice del plano|edición de plano|nivel ec"
        "|图版|图纸修订|图样更改"
    ),
    "spec_revision": "ausg der spezifikation|ausg der norm|spez ausg|specification level|spec level|spec ltr|标准修订版|规范修订版|标准年号",
    "spec_number": (
        "governing spec|governing document|finish spec|finish specification|finish to|finish per|treatment spec|treatment to|treatment per"
        "|plating spec|coating spec|plated to|plated per|coated to|coated per|anodised to|anodized to|anodised per|anodized per"
        "|passivated to|passivated per|heat treat spec|heat treated to|heat treated per|processed i a w|process i a w|worked to|work done to|work to"
        "|inspection standard|inspection spec|test standard|test specification|mat l spec|material standard|order specification"
        "|applied specification|applied standard|specification applied|reference document|requirement document|callout|spez|behandlung nach"
        "|behandelt nach|bearbeitet nach|beschichtet nach|beschichtung nach|eloxiert nach|ausführung nach|prüfnorm|prüfgrundlage"
        "|lieferbedingung|lieferbedingungen|bearbeitungsvorschrift|oberfläche nach|oberflächenbehandlung nach|espec|según norma"
        "|conforme a norma|proceso según|tratamiento según|tratado según|acabado según|procesado según|recubrimiento según|código de proceso"
        "|工艺文件|加工依据|处理标准|检验标准|依据标准|检验依据|处理规范|表面处理标准"
    ),
    "quantity": (
        "qnty|quant|number off|no off|nr off|qty off|nr of pieces|nr of parts|no of parts|no of items|piece count|parts|parts count|part count"
        "|count|lot size|batch size|lot qty|batch qty|acc d|accd|accepted|accepted pcs|passed qty|good qty|qty good|qty ok|shipped|shipped qty|delivered"
        "|delivered qty|delivered quantity|quantity this certificate|quantity on this certificate|covered quantity|quantity covered|ea"
        "|stckz|stck|anz|gutteile|gut teile|io teile|i o teile|losumfang|losgröße|gesamtmenge|gesamtstückzahl|auftragsmenge|teilezahl"
        "|ctd|cdad|cdad piezas|pzas|pzs|total de piezas|tamaño de lote|tamaño del lote|cantidad del lote|cantidad de lote|no de pzas"
        "|cantidad total|piezas liberadas|piezas entregadas|批量|总件数|总数|送检数|送检数量|检验合格数|完成数量|入库数|交货数"
    ),
    "stated_number": (
        "conformance no|conformance number|compliance no|cert serial|cert serial no|certificate serial|certificate serial no|unique ref|unique reference"
        "|form tracking number|form tracking no|tracking no|t c no|tc no|tc number|mtc no|mtc number|mtc ref|mtr ref|release ref|release reference"
        "|zert nr|besch nr|bestätigungs nr|dok nr|unser zeichen|unsere referenz|nachweis nr|apz nr|wz nr|prüfprotokoll nr|prüfzeugnisnummer"
        "|nuestra ref|nuestra referencia|registro no|no de registro|no de constancia|constancia no|carta no|no de carta|质保单号|检验单号|单号|凭证号"
        "|检测编号|证明编号"
    ),
    "certificate": "document|dokument|documento|bescheinigung|prüfzeugnis|c of c|coc|c o c|informe|test certificate|carta|合格证|质保书",
    "stated_on": (
        "certified on|released|date prepared|prepared on|print date|printed on|date printed|completed certified|certified date|dt|authorised on|authorized on"
        "|ausst datum|ausfertigung|ausfertigungsdatum|dat|belegdatum|freigegeben am|freigabe am|tag|tag der ausfertigung|ort datum|ort und datum"
        "|place and date|date and place|emisión|expedición|elaborado el|fecha de elaboración|lugar y fecha|liberado el|签发日|开单日期|制表日期"
        "|填表日期|编制日期|审核日期|开出日期|打印日期|批准日"
    ),
    "lot": "lot or batch|batch or lot|lot and serial|lot serial|process batch|load and lot|lote o partida|lote partida",
    "lot_number": (
        "routing no|router no|cust lot|cust lot no|mfg lot|mfg lot no|your job|your job no|your route card|job card|job card no|works order no|works order"
        "|fa nr|fa nummer|begleitschein|begleitschein nr|arbeitskarte|auftragslos|ihr fertigungsauftrag|betriebsauftrag|o t|ot no|hoja viajera"
        "|hoja viajera no|viajero|viajero no|tarjeta viajera|tarjeta de ruta|流转卡|工单|流程卡号|流程单号|随工卡号|加工单号"
    ),
    "identifier": (
        "raw material heat|base material heat|parent heat|melt heat|schm nr|schmelz nr|guß nr|nº colada|colada núm|col|col no|calor|no de calor|hornada"
        "|no de hornada|熔次号|钢炉号|母材炉号|原材料炉号|炉罐号|炉批"
    ),
    "condition": (
        "cond|as supplied|supplied condition|ht condition|heat treated condition|metallurgical condition|material temper|wb zustand|vergütungszustand"
        "|anlieferungszustand|zustand des werkstoffs|estado de tratamiento|condición metalúrgica|condición de temple|交付状态|供应状态|产品状态"
    ),
    "signed_name": (
        "sign|name print|name block letters|name in block letters|name in capitals|release authority|inspection by|qa|qc|q c|quality|responsible|person responsible"
        "|responsible person|chief inspector|freigabe durch|freigegeben durch|abnahme|abnahme durch|abnahmeprüfer|qualitätsprüfer|ausgestellt durch"
        "|certifica|certificó|certificado por|emitió|validó|revisado por|verificado por|signed for and on behalf of|for and behalf of|检验负责人|质量主管"
    ),
    "process_from": (
        "began|commencement|commencement date|date commenced|date loaded|loaded|load date|loaded on|date in process|in process|begonnen|begonnen am|anfang"
        "|arbeitsbeginn|start am|gestartet am|behandlung ab|iniciado|iniciado el|comienzo|comenzado|inició|fecha de comienzo|fecha de entrada a proceso"
        "|投产日期|开工|加工起始日期|开始时间"
    ),
    "process_to": (
        "end|ended|ended on|finish|complete|completion|completed on|until|through|thru|unloaded|unload date|unloaded on|beendet|beendet am|abgeschlossen|fertig"
        "|fertiggestellt|behandlungsende|arbeitsende|fin|final|terminado|terminado el|terminó|finalizado|finalizado el|conclusión|fecha de conclusión"
        "|fecha de salida de proceso|concluido|完工|完工日|竣工日期|加工结束日期"
    ),
    "process_on": "run|run date|run dates|dates run|date run|period of work|work period|treatment period|plated on|coated on|fecha de corrida|加工日",
    "certificate_type": "abnahmeprüfzeugnis|werkszeugnis|证书类型 type|证书种类|质保书类型|检验文件类型|检验文件",
    "site": (
        "mill|finishing house|treatment house|process house|plating shop|place of performance|ausführender betrieb|ausgeführt in|ausgeführt durch|bearbeitet in"
        "|bearbeitet bei|behandelt bei|behandelt in|beschichter|ort der ausführung|herstellwerk|lohnbetrieb|sitio|sitio de tratamiento|lugar|procesado en|procesado por|tratado en"
        "|tratado por|realizado en|realizado por|instalación|planta de tratamiento|lugar de trabajo|供应商名称|处理单位|处理厂家|厂家|生产工厂"
    ),
    "other": (
        "our job|our job no|our job card|our works order|our lot|our batch|tank line|rack card|tank|rack|load|load no|furnace|furnace no|operator|shift|colour|color"
        "|back order|rej d|rejd|rejected|rec d|recd|qty rec d|qty rejected|scrap|ausschuss|rechazadas|piezas rechazadas|不合格数|退货数|terms|packed by|cartons"
        "|werksauftrag|unser auftrag|unsere auftrags nr|ofen|ofen nr|nuestra orden|nuestro pedido|horno|horno no|设备编号|操作员|班次|颜色"
    ),
}  # fmt: skip
