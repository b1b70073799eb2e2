"""Work of this room that is done in the background."""

from __future__ import annotations

from collections.abc import Callable

from documents.domain import packages
from documents.models import ReleasePackage
from portal.queue import Claim, work


@work(packages.RENDER)
def render_package(claim: Claim) -> Callable[[], None] | None:
    """Draw the pages of a frozen package; keeping the file and sealing the package happen together at the end.

    Asked twice it draws nothing: a package that is sealed, or out of date by now, is left as it is.
    """
    package = ReleasePackage.objects.get(number=claim.arguments["package"])
    if package.state != ReleasePackage.FROZEN:
        return None
    content = packages.draw(package, cache=packages.KeptSections(), progress=claim.progress)

    def finish() -> None:
        packages.seal(package=package, content=content)

    return finish
