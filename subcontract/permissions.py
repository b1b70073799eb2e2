"""Who may, in this room."""

from __future__ import annotations

from portal.permissions import QUALITY, SHOP, VENDORS

# approvals and orders bind the shop: quality engineers and managers
BUYERS = QUALITY
# pieces go out and come back over everybody's bench
FLOOR = SHOP
READERS = SHOP + VENDORS
