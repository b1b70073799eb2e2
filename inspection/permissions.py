"""Who may: the roles of the people whose work is inspecting, and of those who decide about findings."""

from __future__ import annotations

from portal.models import Person
from portal.permissions import CUSTOMER, INSPECTORS, QUALITY, SHOP, VENDORS

# everybody of the shop reads what was found and reports what is not to the drawing
READERS = SHOP
REPORTERS = SHOP
# values, results and first articles are made by those who inspect
MEASURERS = INSPECTORS
# dispositions, concessions and approvals are decided by quality engineers and managers
DECIDERS = QUALITY
# approved first articles of their own parts are read by the customer's people, and decided by its quality people
FIRST_ARTICLE_READERS = SHOP + CUSTOMER
CUSTOMER_DECIDERS = (Person.CUSTOMER_QUALITY,)
COMMENTERS = DECIDERS + CUSTOMER_DECIDERS
# what the design authority is asked is read by its customer's people, and so is the finding behind it
REQUEST_READERS = SHOP + CUSTOMER
# a vendor reads and answers the corrective actions asked of it
ACTION_READERS = SHOP + VENDORS
ACTION_ANSWERERS = SHOP + VENDORS
