"""The chain on paper: each link by its code, a shape, a word and a colour, never by colour alone."""

from __future__ import annotations

# The twenty-one links in the order of the story; a group of the strip begins where the marker stands.
LINKS = {
    "NOTES": "NTS", "ROUTE": "RTE", "STEPS": "STP", "LOCK": "LCK",
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
    """Count links and demands of a chain for the verdict of the cover, and say both in words."""
    slots = (chain or {}).get("slots") or []
    states = [state_of(slot) for slot in slots]
    return {
        "all": len(states),
        "is_closed": bool(states) and all(state in CLOSED for state in states),
        "words": closed_words(slots),
    }


def closed_words(slots: list[dict]) -> str:
    """Say how many links are closed and how their demands were met, in the same words on page and paper.

    Units:   a link is one check of the strip; a demand is one line of the chain report. A link is closed when each
             of its demands is; what is not in force counts as neither and is named.
    """
    counted = [(slot["code"], state_of(slot)) for slot in slots if state_of(slot) != "not_in_force"]
    links = {code for code, _ in counted}
    still_open = {code for code, state in counted if state not in CLOSED}
    every_state = dict.fromkeys([*STATES, *(state for _, state in counted)])
    words = [_demand_words(state, [code for code, each in counted if each == state]) for state in every_state]
    demands = f"{len(counted)} demand{'' if len(counted) == 1 else 's'}"
    left_out = [slot["code"] for slot in slots if state_of(slot) == "not_in_force"]
    named = f"; not in force by policy: {', '.join(dict.fromkeys(left_out))}" if left_out else ""
    return (
        f"{len(links - still_open)} of {len(links)} links closed; {demands}: "
        f"{', '.join(filter(None, words))}{named}"
    )


def _demand_words(state: str, codes: list[str]) -> str:
    """Say how many demands are in one state; closed without proof, they are named."""
    if not codes:
        return ""
    word = "not applicable by rule" if state == "not_applicable" else STATES.get(state, state).lower()
    named = f" ({', '.join(dict.fromkeys(codes))})" if state in ("waived", "not_applicable") else ""
    return f"{len(codes)} {word}{named}"
