"""What certificates measure: elements and properties in four languages, and the words at the head"
" of a table."""

from __future__ import annotations

import functools
import re

from documents.formats.reading.labels import folded

CHEMISTRY, TENSILE, HARDNESS, THICKNESS, CONDUCTIVITY, OTHER = (
    "chemistry", "tensile", "hardness", "thickness", "conductivity", "other",
)  # fmt: skip

ELEMENTS = frozenset(
    [
        "H",
        "He",
        "Li",
        "Be",
        "B",
        "C",
        "N",
        "O",
        "F",
        "Na",
        "Mg",
        "Al",
        "Si",
        "P",
        "S",
        "Cl",
        "K",
        "Ca",
        "Sc",
        "Ti",
        "V",
        "Cr",
        "Mn",
        "Fe",
        "Co",
        "Ni",
        "Cu",
        "Zn",
        "Ga",
        "Ge",
        "As",
        "Se",
        "Sr",
        "Y",
        "Zr",
        "Nb",
        "Mo",
        "Ag",
        "Cd",
        "In",
        "Sn",
        "Sb",
        "Te",
        "Ba",
        "La",
        "Ce",
        "Nd",
        "Hf",
        "Ta",
        "W",
        "Re",
        "Pt",
        "Au",
        "Hg",
        "Pb",
        "Bi",
        "Cb",
        "CEV",
        "CE",
        "Pcm",
    ]
)
_NAMES = {
    CHEMISTRY: "carbon silicon manganese phosphorus sulfur sulphur chromium nickel molybdenum"
    " copper aluminium aluminum titanium vanadium"
    " niobium zinc magnesium iron nitrogen tin lead cobalt tungsten others kohlenstoff silizium "
    "mangan phosphor schwefel chrom kupfer eisen"
    " carbono silicio manganeso fósforo azufre cromo níquel molibdeno cobre hierro 碳 硅 锰 磷 硫"
    " 铬 镍 钼 铜 铝 钛 铁 锌 镁",
    HARDNESS: "hardness härte dureza 硬度 rockwell brinell vickers hrc hrb hbw hv hb",
    THICKNESS: "thickness coating schichtdicke dicke espesor 厚度 膜厚 涂层厚度",
    CONDUCTIVITY: "conductivity leitfähigkeit conductividad 电导率 iacs",
    TENSILE: "tensile yield elongation reduction impact charpy proof uts zugfestigkeit streckgrenze"
    " dehngrenze bruchdehnung kerbschlagarbeit"
    " einschnürung resistencia límite alargamiento estricción impacto tracción 抗拉强度 屈服强度"
    " 伸长率 断后伸长率 "
    "冲击 断面收缩率 rm reh rel rp02"
    " rp0 rp1 rp10 a5 a50 a80 kv z shear fatigue",
}
_KIND_OF = {folded(name): kind for kind, names in _NAMES.items() for name in names.split()}
_SYMBOL = re.compile(
    r"^(?:Rm|ReH|ReL|Re|Rp\s?0[.,]2|Rp\s?1[.,]0|A5?|A50|A80|Z|KV2?|UTS|YS|0\.2%?\s?YS|TYS|EL|RA|E)$"
)

_HEADS = {
    "property": "property|test|check|prueba|tests|characteristic|element|parameter|requirement name"
    "|measurement|symbol|inspection|eigenschaft|prüfung|merkmal|kennwert|prüfmerkmal|element|messgröße"
    "|propiedad|ensayo|característica|elemento|项目|检验项目|检测项目|元素|性能|特性|试验项目",
    "value": "value|values|result|results|actual|actual value|measured|measured value|found|reading"
    "|average|avg|mean|ergebnis|istwert|ist|messwert|wert|prüfergebnis|mittelwert"
    "|resultado|valor|valor medido|medido|obtenido|实测值|结果|检测结果|测量值|实测|检验结果|平均值",
    "minimum": (
        "min|minimum|minimal|lower limit|lower|min spec|spec min|mindestwert|mín|mínimo|最小值|最小|下限"
    ),
    "maximum": (
        "max|maximum|maximal|upper limit|upper|max spec|spec max|höchstwert|máx|máximo|最大值|最大|上限"
    ),
    "limits": "limits|limit|requirement|requirements|required|specification|spec|spec limits"
    "|specified|tolerance|range|soll|sollwert|anforderung|anforderungen|grenzwerte|vorgabe|toleranz"
    "|requisito|requisitos|límites|especificado|especificación|exigido|要求|标准值|技术要求|规定值|范围|标准",
    "unit": "unit|units|uom|u m|u of m|unit of measure|eng unit|einheit|unidad|unidades|单位",
    "method": (
        "method|test method|standard|procedure|verfahren|prüfverfahren|norm|prüfnorm|método|norma|方法|"
        "检测方法|试验方法|检验方法"
    ),
    "specimen": (
        "specimen|sample|sample id|serial|serial no|piece|location|probe|proben nr|probestück|muestra|"
        "probeta|试样|样品|试样号|样号|位置"
    ),
    "verdict": "pass|pass fail|conform|verdict|status|ok|bewertung|i o|conforme|判定|结论|合格",
}  # fmt: skip
HEAD_OF = {folded(word): role for role, words in _HEADS.items() for word in words.split("|")}
ROW_HEADS = HEAD_OF | {
    folded(word): role
    for role, words in {
        "value": (
            "heat|ladle|product|heat analysis|ladle analysis|product analysis|check analysis|actual %|"
            "schmelze|schmelzenanalyse|stückanalyse|colada|análisis|réel|熔炼|成品|熔炼分析"
        ),
        "limits": "limits %|spec %|norm|nach norm",
    }.items()
    for word in words.split("|")
}


@functools.lru_cache(maxsize=2_000)
def kind_of(name: str) -> str:
    """Return the kind of test a property belongs to, as rows of results name it."""
    plain = name.strip()
    if plain.rstrip("%").strip() in ELEMENTS or _SYMBOL.match(plain) is None and folded(plain) in _KIND_OF:
        return CHEMISTRY if plain.rstrip("%").strip() in ELEMENTS else _KIND_OF[folded(plain)]
    if _SYMBOL.match(plain):
        return TENSILE
    for word in re.split(r"[\s,/()\-]+", plain):
        if kind := _KIND_OF.get(folded(word)):
            return kind
    for word, kind in _KIND_OF.items():
        if len(word) > 1 and ord(word[0]) > 0x2E80 and word in folded(plain):
            return kind
    return OTHER


def is_known(name: str) -> bool:
    """Say whether words name something certificates measure."""
    return kind_of(name) != OTHER


_HOW_MANY = re.compile(r"\s*(?:[(（\[].*|\b(?:of|de|aus|von|from)\s+\d+\b.*)$", re.I)


@functools.lru_cache(maxsize=2_000)
def head_of(text: str) -> str:
    """Return the role of a column by its head; bilingual heads are read by either half."""
    for part in (text, *_halves(text)):
        bare = re.sub(r"[(（\[].*", "", part)
        for way in (part, bare):
            if role := HEAD_OF.get(folded(way)):
                return role
    # how a value came about stands in brackets or behind it: Obtained (avg. of 3), Mean of 3 readings
    if role := _role_by_words(text) or _role_by_words(_HOW_MANY.sub("", text)):
        return role
    # of two halves in one language the second says more: Cast analysis / test result
    return next((role for half in reversed(_halves(text)) if (role := _role_by_words(half))), "")


def _halves(text: str) -> list[str]:
    """Return the parts of a bilingual head: at a slash, a bracket, or where Chinese meets Latin letters."""
    return [
        *re.split(r"\s*/\s*|\s*[(（\[]", text),
        *re.split(r"(?<=[一-鿿])\s+(?=[A-Za-z])|(?<=[A-Za-z.])\s+(?=[一-鿿])", text),
    ]


# of a head of several words the first of these roles one of its words has
_ROLE_WORDS = (
    ("minimum", "min minimum lower least low lo lsl mín mínimo inferior mindestens mindestwert untere kleinstwert"),
    ("maximum", "max maximum upper most high hi usl máx máximo superior höchstens höchstwert obere größtwert"),
    ("value", "actual result results measured obtained achieved found reading readings"
              " determined observed recorded act meas res observed average mean value values avg"
              " ist istwert istwerte messwert messwerte ergebnis ergebnisse gemessen wert werte gefunden ermittelt"
              " resultado resultados medido medida obtenido obtenida real promedio valor valores lectura hallado"),
    ("unit", "unit units uom um dimension einheit einh unidad unid unidades"),
    ("limits", "required requirement requirements limit limits soll sollwert specified specification spec req reqd"
               " tolerance range allowed allowable permitted grenzwert grenzwerte grenzen anforderung vorgabe zulässig"
               " requisito requisitos requerido límite límites especificado especificación rango tolerancia permitido"),
    ("method", "method verfahren método procedure prüfverfahren"),
)  # fmt: skip
# Chinese puts its words together without blanks
_ROLE_SIGNS = (
    ("minimum", "最小|最低|下限|不小于"),
    ("maximum", "最大|最高|上限|不大于"),
    ("value", "实测|结果|检测值|测定|测量|测得|实际|试验值|检验值"),
    ("unit", "单位"),
    ("limits", "要求|标准|规定|范围|指标|允许"),
    ("method", "方法"),
    ("property", "项目|性能|元素|特性|参数"),
)  # fmt: skip


def _role_by_words(text: str) -> str:
    words = {folded(word) for word in re.split(r"[\s/().,]+", text) if word}
    if not 1 <= len(words) <= 4 or any(letter.isdigit() for letter in text):
        return ""
    if role := next((role for role, known in _ROLE_WORDS if words & set(known.split())), ""):
        return role
    return next((role for role, signs in _ROLE_SIGNS if re.search(signs, text)), "") if len(text) < 16 else ""


# verbs of the sentences that say a result, and of those that say what is asked
_TOLD = {
    "value": "achieved attained averaged averaging yielded obtuvo obtuvieron arrojó midió midieron fue erreicht"
    " erzielt betrug beträgt",
    "limits": "exige exigen exigidos gefordert verlangt against between requires allowed allowable permitted nominal"
    " target zulässig sollen",
}
_ROLE_OF_WORD = {
    **{
        folded(word): role
        for role, words in _ROLE_WORDS
        for word in words.split()
        if role in ("value", "limits")
    },
    **{folded(word): role for word, role in HEAD_OF.items() if role in ("value", "limits")},
    **{folded(word): role for role, words in _TOLD.items() for word in words.split()},
    # what stands behind these are single readings, never the result
    **dict.fromkeys(("einzelwerte", "readings", "lecturas", "tested", "单值"), "other"),
}


def role_in_a_sentence(word: str) -> str:
    """Return whether a word in a sentence leads a result (value), its limits (limits) or neither."""
    return _ROLE_OF_WORD.get(folded(word), "")


def row_head_of(text: str) -> str:
    for part in (text, *_halves(text)):
        if role := ROW_HEADS.get(folded(part)):
            return role
    return _role_by_words(text)
