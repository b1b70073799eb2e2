"""Which checks of the chain are in force for a customer: all of them but those a signed policy leaves out.

A check that is not in force asks nothing and is still shown: by which policy, signed by whom, on which day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from documents.domain.chain.slots import NOBODY, NOT_IN_FORCE, Slot

# law and truth, which no customer can do without: a licence asks nobody's leave, a file is what was kept or it is
# not, an edit is reviewed or unseen, an operation was done or it was not, and a certificate says what is shipped
ALWAYS = ("STEPS", "COC", "FILES", "EXPORT", "TRAIL")


@dataclass(frozen=True)
class PolicyFacts:
    """The policy in force for the lot's customer: the codes it leaves out, and who signed it when."""

    number: str
    left_out: tuple[str, ...]
    signed_by: str
    signed_on: date


def policy_of(row: dict) -> PolicyFacts | None:
    """Return the policy read beside a lot, where there is one."""
    if row["policy_number"] is None:
        return None
    return PolicyFacts(
        row["policy_number"], row["policy_left_out"], row["policy_signed_by"], row["policy_signed_on"]
    )


def is_in_force(policy: PolicyFacts | None, code: str) -> bool:
    """Say whether a check is asked for under a policy; without one every check is."""
    return policy is None or code in ALWAYS or code not in policy.left_out


def left_out(policy: PolicyFacts, *, code: str, lot: str, customer: str, demand: str) -> Slot:
    """Return the answer of a check that is not in force: nothing is asked, and it says by whose word."""
    return Slot(
        code=code,
        lot=lot,
        demand=demand,
        source=f"Check policy {policy.number}",
        state=NOT_IN_FORCE,
        evidence=policy.number,
        reason=(
            f"Not in force for {customer}, by policy {policy.number}, signed by {policy.signed_by} on "
            f"{policy.signed_on:%-d %b %Y}."
        ),
        waived_by=NOBODY,
        url_name="documents:check-policy-detail",
        url_kwargs={"number": policy.number},
    )
