"""Names of people as four languages write them, told from the other words that begin with a capital."""

from __future__ import annotations

import re

# the family names most Chinese people bear; a name there begins with one of them
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜"
    "叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶"
    "贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪辛柯齐梅庄俞季章倪葛殷"
)
TITLES = r"(?:(?:Dr|Mr|Mrs|Ms|Dipl|Ing|Herr|Frau|Sr|Sra|Lic|Prof)\.?[\s-]*)*"
_WORD = r"[A-ZÄÖÜÁÉÍÓÚÑŁŚ][\w'’\-]*\.?"
NAME = re.compile(
    rf"{TITLES}((?:{_WORD}[ \t]+){{1,3}}[A-ZÄÖÜÁÉÍÓÚÑŁŚ][\w'’\-]+"
    rf"|(?<![一-鿿])[{SURNAMES}][一-鿿]{{1,2}}(?![一-鿿]))"
)
# beginnings of words that stand in titles, headings and names of houses, and whole words of that kind
_STEMS = """
    quality inspect manager company signature department certif engineer corp leiter qualit calidad number street
    plating metal steel treat conform complian process material machine works coati thickness finish alloy surface
    customer purchas buyer supplier statement result propert hardness tensile yield elongation condition industr
    product document release author approv function sincerely regards zeugnis zertifikat bescheinig abnahme recubr
    tratam certificado proceso gerente atentamente measure characteristic laboratory analysis chemical mechanical
    nadcap accredit register report specification traveler traveller anodi passivat
"""
_WORDS = """
    gmbh inc ltd llc ag kg co date title datum fecha stamp order road heat test plant part parts lot spec type class
    service unit main page sheet mill name position dear yours whom rev issue prüfer werk orden pieza norma firma
    puesto cargo all the this that these and for our your we iso system items goods lots values figures sign of to
    revision index quantity pieces machined norte sierra planta de conformity
"""
NOT_A_NAME = re.compile(rf"\b(?:{'|'.join(_STEMS.split())})|\b(?:{'|'.join(_WORDS.split())})\b|\d", re.I)

# what a person who signs is
TITLE = re.compile(
    r"\b(?:manager|inspector|engineer|director|supervisor|head of|representative|president|officer|signatory|lead|"
    r"auditor|coordinator|technician|\w*leiter\w*|\w*leitung|\w*sachverständig\w*|\w*prüfer\w*|\w*beauftragte\w*|"
    r"gerente|jef[ea]|supervisora?|responsable|directora?|inspectora?|encargad[oa]|coordinadora?)\b"
    r"|经理|检验员|质检员|主任|工程师|主管|总监|部长|负责人",
    re.I,
)


def is_person(name: str) -> bool:
    """Say whether words that look like a name can be one."""
    return not NOT_A_NAME.search(name)
