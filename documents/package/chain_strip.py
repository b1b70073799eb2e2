"""The chain on paper: each link by its code, a shape, a word and a colour, never by colour alone."""

from __future__ import annotations

# The twenty-one links in the order of the story; a group of the strip begins where the marker stands.
LINKS = {
    "NOTES": "NTE", "ROUTE": "RTE", "STEPS": "STP", "LOCK": "LCK",
    "MATERIAL": "MAT", "COMPONENTS": "CMP", "APPROVAL": "APR", "CUSTODY": "CUS", "PROCESS": "PRC",
    "DATES": "DAT", "INCOMING": "INC",
    "FINISH": "FIN", "RESULTS": "RES", "FAI": "FAI", "NC": "NC",
    "CLAUSES": "CLS", "COC": "COC", "PACK": "PCK", "FILES": "FIL", "EXPORT": "EXP", "TRAIL": "TRL",
}  # fmt: skip
GROUP_BEGINNINGS = {"MATERIAL", "FINISH", "CLAUSES"}
STATES = {
    "accepted": "Accepted",
    "missing": "Missing",
    "stale": "Stale",
    "received": "Received",
    "under_review": "In review",
    "rejected": "Rejected",
    "waived": "Waived",
    "not_applicable": "N/A",
    "not_in_force": "Not in force",
}
SHAPES = {"under_review": "review", "not_applicable": "na", "not_in_force": "na"}
CLOSED = {"accepted", "waived", "not_applicable", "not_in_force"}
# When several slots share a link the strip shows the worst of them.
WORST_FIRST = (
    "rejected", "missing", "stale", "under_review", "received", "waived", "accepted", "not_applicable",
    "not_in_force",
)  # fmt: skip


def state_of(slot: dict) -> str:
    """Return the state of a slot as it is spelled here; unknown words are shown as they are."""
    return str(slot.get("state") or "missing").strip().lower().replace(" ", "_").replace("-", "_")


def chain_view(facts: dict) -> dict:
    """Arrange the slots for the strip, the table and the list of waivers."""
    slots = [_slot_view(slot) for slot in (facts.get("chain") or {}).get("slots") or []]
    return {
        "strip": _strip(slots),
        "slots": slots,
        "waivers": [slot for slot in slots if slot["state_code"] == "waived"],
        "counts": chain_counts(facts.get("chain")),
    }


def _slot_view(slot: dict) -> dict:
    state = state_of(slot)
    return slot | {
        "state_code": state,
        "word": STATES.get(state, state),
        "shape": SHAPES.get(state, state if state in STATES else "missing"),
    }


def _strip(slots: list[dict]) -> list[dict]:
    strip = []
    for code in [*LINKS, *sorted({slot["code"] for slot in slots} - set(LINKS))]:
        states = {slot["state_code"]: slot for slot in slots if slot["code"] == code}
        worst = next((states[state] for state in WORST_FIRST if state in states), None)
        if worst:
            short = LINKS.get(code, code[:3])
            strip.append(worst | {"short": short, "begins_group": code in GROUP_BEGINNINGS})
    return strip


def chain_counts(chain: dict | None) -> dict:
    """Count the slots by what closed them, for the verdict on the cover."""
    states = [state_of(slot) for slot in (chain or {}).get("slots") or []]
    counts = [(states.count(state), STATES[state].lower()) for state in STATES if state in states]
    words = {"n/a": "not applicable by rule"}
    return {
        "all": len(states),
        "closed": sum(state in CLOSED for state in states),
        "is_closed": bool(states) and all(state in CLOSED for state in states),
        "words": ", ".join(f"{count} {words.get(word, word)}" for count, word in counts),
    }
