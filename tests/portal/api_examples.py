"""Example records of the API's addresses in this room; see `tests/architecture/examples.py`."""

from tests.portal.examples import job, organization


def site(cast):
    return {"number": cast.customer.number, "code": "MAIN"}


EXAMPLES = {
    "portal-api:organization-detail": organization,
    "portal-api:site-detail": site,
    "portal-api:job-detail": job,
    "portal-api:job-retry": job,
}
