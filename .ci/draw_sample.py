"""Print the sha256 of the sample package drawn here, and the versions that drew it: `draw_sample.py PORTAL TESTS`."""

import hashlib
import json
import os
import sys

sys.path[:0] = sys.argv[1:3]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django  # noqa: E402

django.setup()

from documents.package.assembly import render_package  # noqa: E402
from documents.package.renderer import versions  # noqa: E402
from tests.documents.package import sample  # noqa: E402

manifest = sample.sample_manifest()
manifest["versions"] = {"compared": "elsewhere"}
package = render_package(manifest, sample.originals())
print(hashlib.sha256(package).hexdigest(), json.dumps(versions(), sort_keys=True))
