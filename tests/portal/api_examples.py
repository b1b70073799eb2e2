"""Example records of the API and of its tokens in this room; see `tests/architecture/examples.py`."""

from portal.domain.tokens import make_token
from tests.cast import reauth
from tests.portal.examples import event, job, organization, reversal


def site(cast):
    return {"number": cast.customer.number, "code": "MAIN"}


def token(cast):
    made, _ = make_token(
        by=cast.manager, purpose="Orders of Orrin", days=30, token=reauth(cast.manager), can_write=True
    )
    return {"prefix": made.prefix}


EXAMPLES = {
    "portal:token-revoke": token,
    "portal-api:organization-detail": organization,
    "portal-api:site-detail": site,
    "portal-api:job-detail": job,
    "portal-api:log-proof": event,
    "portal-api:reversal-detail": reversal,
    "portal-api:job-retry": job,
}
