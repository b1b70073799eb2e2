"""What the columns of a table of results are, told by their heads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NAME, BALLOON, COUNT, VALUE, NOMINAL, LOWER, UPPER, PLUS, MINUS, UNIT, SERIAL, STATUS, DEVIATION, OTHER = (
    "name",
    "balloon",
    "count",
    "value",
    "nominal",
    "lower",
    "upper",
    "plus",
    "minus",
    "unit",
    "serial",
    "status",
    "deviation",
    "other",
)
_SPELLINGS = {
    NAME: "characteristic|characteristics|characteristic name|name|feature|features|feature name|dimension|dim|"
    "dimension name|description|merkmal",
    BALLOON: "balloon|balloon no|balloon number|bubble|bubble no|char no|char number|characteristic no|"
    "characteristic number",
    # these may as well count the rows, so they name a characteristic only where nothing else does
    COUNT: "no|nr|pos|id|item|item no|ref no|line",
    VALUE: "actual|actual value|measured|measured value|measurement|meas|value|result|results|reading|istwert|ist",
    NOMINAL: "nominal|nominal value|nom|target|sollwert|soll",
    LOWER: "lsl|lower limit|lower spec limit|lower specification limit|min limit|lo limit|ll|usg",
    UPPER: "usl|upper limit|upper spec limit|upper specification limit|max limit|hi limit|ul|osg",
    PLUS: "upper tolerance|upper tol|uppertol|+tol|tol+|plus tol|plus tolerance|+ tolerance|+ tol",
    MINUS: "lower tolerance|lower tol|lowertol|-tol|tol-|minus tol|minus tolerance|- tolerance|- tol",
    UNIT: "unit|units|uom|einheit",
    SERIAL: "serial|serial no|serial number|serial nr|sn|s/n|piece|piece no|piece number|piece id|sample|sample no|"
    "sample number|sample id|part id|part sn|part serial|seriennummer",
    STATUS: "status|verdict|pass/fail|pass fail|ok/nok|judgement|judgment|accept/reject",
    DEVIATION: "deviation|dev|difference|diff|error|abweichung",
    OTHER: "number of samples|sample size|count|xbar|mean|average|avg|max|maximum|min|minimum|range|stdev|sigma|"
    "std dev|pp|ppk|cp|cpk|samples in tol|n|"
    "date|time|date time|operator|inspector|gauge|gage|gauge no|machine|comment|comments|remark|remarks|note|notes|"
    "specification|spec|requirement|zone|drawing zone|method|feature type|type|class|outtol|out of tol|part no|"
    "part number|part|part name|revision|rev|lot|batch|order|page",
}
_BY_SPELLING = {spelling: role for role, words in _SPELLINGS.items() for spelling in words.split("|")}
_UNIT_IN_HEAD = re.compile(r"[\[(]\s*(mm|µm|μm|um|in|inch|deg|°)\.?\s*[\])]\s*$", re.IGNORECASE)


def role_of(head: str) -> str:
    """Return what a column holds by its head, empty for a head that is none of ours."""
    bare = re.sub(r"[\s_]+", " ", _UNIT_IN_HEAD.sub("", head)).strip(" .:#").lower()
    return _BY_SPELLING.get(bare.replace(".", "").strip(), "")


def unit_in(head: str) -> str:
    """Return the unit a head names in brackets, as in “Actual [mm]”."""
    found = _UNIT_IN_HEAD.search(head)
    return found[1].lower() if found else ""


@dataclass
class Columns:
    """The columns of one table: place by role, and those without a role with their heads."""

    places: dict[str, int] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    unit: str = ""
    is_plainly_named: bool = False

    @property
    def is_head(self) -> bool:
        """Say whether these can be the heads of a table of results."""
        named = NAME in self.places
        about = {VALUE, NOMINAL, LOWER, UPPER, PLUS, MINUS, DEVIATION} & self.places.keys()
        if named:
            return bool(about) or (self.is_plainly_named and bool(self.unknown))
        return SERIAL in self.places and bool(self.unknown)

    @property
    def is_by_piece(self) -> bool:
        """Say whether each row is a piece and each column a characteristic."""
        return NAME not in self.places


def columns_of(cells: list[str]) -> Columns:
    """Return what the columns below a row of heads are."""
    found = Columns()
    for place, cell in enumerate(cells):
        head = cell.strip()
        if not head:
            continue
        role = role_of(head)
        if role == VALUE and VALUE in found.places and head.lower().startswith("result"):
            role = STATUS
        if not role or (role in found.places and role != OTHER):
            found.unknown[place] = head
        elif role != OTHER:
            found.places[role] = place
            plain = head.lower().startswith(("characteristic", "balloon", "bubble"))
            found.is_plainly_named |= role in (NAME, BALLOON) and plain
        if role in (VALUE, NOMINAL, LOWER, UPPER) and not found.unit:
            found.unit = unit_in(head)
    for other in (BALLOON, COUNT):
        if NAME not in found.places and other in found.places:
            found.places[NAME] = found.places[other]
    return found
