"""Draw release packages cold, after one change and after none, beside a bare merge and one plain layout of Form 3.

    python -m bench.package [--rows 60 1500 6000] [--certificates 20] [--only-packages | --only-fresh]

Needs no database. Prints one JSON object. `packages` has an entry for each number of rows of Form 3:

pages, bytes:          of the package.
<way>_s:               on a worker and its helper that have drawn before; best of three; cold, of two.
<way>_processor_s:     processor time without a helper, children included: a busy machine changes it least.
    cold:              nothing cached.
    accepted:          the pages of all certificates drawn before, as they are once they were accepted.
    released:          every section too that is settled once the certificate of conformity is signed: what a release
                       meets. It draws cover, chain report and revision history.
    one_value:         drawn again from the cache after one measured value was changed.
    one_certificate:   after one certificate was replaced by another accepted one; one_new_certificate: by one whose
                       pages were never drawn.
    unchanged:         after nothing was changed.
form_s:                Form 3 alone, as the form writer makes it.
floor_s:               the same section files appended and saved with pikepdf, without tags, stamps or attachments.
ratio:                 cold_s over floor_s.

fresh_process_s:       a new Python process up to its first package of the middle size, cold, imports included.
fresh_released_s:      the same where a release finds drawn what is settled, as after a worker was started again.
layout_s, layout_ratio: Form 3 of the middle size by the layout engine in one piece, and that over form_s.
peak_mib:              highest memory of this process and of each of its helpers, before the plain layout.
load:                  of the machine while this ran; above the number of its processors no time here means much.
a_minute:              packages of the middle size a minute, drawn from nothing by one and by two worker processes.
"""

from __future__ import annotations

import argparse
import copy
import io
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MIB = 1024
SECONDS_OF_LOAD = 20


class Kept(dict):
    """A cache in memory."""

    def put(self, key: str, content: bytes, *, of: str = "") -> None:
        self[key] = content


def main() -> int:
    """Run the bench and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[60, 1_500, 6_000])
    parser.add_argument("--certificates", type=int, default=20)
    parser.add_argument("--only-draw", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--settled", default="", help=argparse.SUPPRESS)
    parser.add_argument("--only-fresh", action="store_true", help="nothing but what new processes take")
    parser.add_argument(
        "--only-packages", action="store_true", help="leave out fresh processes and the layout"
    )
    parser.add_argument("--draw-for", type=float, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only_draw:
        return _draw_only(options)
    middle = options.rows[len(options.rows) // 2]
    figures = {}
    if not options.only_packages:
        figures["fresh_process_s"] = _fresh(middle, options.certificates)
        figures["fresh_released_s"] = _fresh_released(middle, options.certificates)
    if options.only_fresh:
        print(json.dumps(figures | {"load": _load()}))
        return 0
    figures["packages"] = [_measure(rows, options.certificates) for rows in options.rows]
    figures["load"] = _load()
    figures["peak_mib"] = _peaks()
    if not options.only_packages:
        figures["layout_s"] = _layout(middle)
        form = next(each["form_s"] for each in figures["packages"] if each["rows"] == middle)
        figures["layout_ratio"] = round(figures["layout_s"] / form, 1)
        figures["a_minute"] = {str(count): _a_minute(count, middle, options.certificates) for count in (1, 2)}
    print(json.dumps(figures))
    return 0


def _facts(rows: int, certificates: int) -> tuple[dict, dict[str, bytes]]:
    from tests.documents.package import sample

    manifest, originals = sample.sample_manifest(), dict(sample.originals())
    form = manifest["first_article"]["form3"]
    manifest["first_article"]["form3"] = [{**form[at % len(form)], "5": str(at + 1)} for at in range(rows)]
    papers = list(sample.certificate_files().values())
    for at in range(certificates - len(papers)):
        content = papers[at % len(papers)] + b"\n%% copy %d\n" % at
        sample.add_certificate(manifest, originals, f"C-{at}.pdf", content)["number"] = f"C-{at}"
    return manifest, originals


def _measure(rows: int, certificates: int) -> dict:
    from documents.package import crew, drawing
    from documents.package.assembly import render_package, render_section
    from documents.package.sections import sections_of

    manifest, originals = _facts(rows, certificates)
    drawn = _pages_drawn(manifest, originals)
    signed = _settled_drawn(manifest, originals, drawn)
    cache = Kept(signed)
    package = render_package(manifest, originals, cache)
    changed = copy.deepcopy(manifest)
    replaced, with_new = _replaced(manifest, originals)
    accepted = _pages_drawn(replaced, with_new, cache)
    values = iter(range(100))

    def one_value() -> bytes:
        changed["first_article"]["form3"][1]["9"] = f"69.9{next(values):03}"
        return render_package(changed, originals, Kept(cache))

    ways = {
        "cold": lambda: render_package(manifest, originals),
        "accepted": lambda: render_package(manifest, originals, Kept(drawn)),
        "released": lambda: render_package(manifest, originals, Kept(signed)),
        "one_value": one_value,
        "one_new_certificate": lambda: render_package(replaced, with_new, Kept(cache)),
        "one_certificate": lambda: render_package(replaced, with_new, Kept(accepted)),
        "unchanged": lambda: render_package(manifest, originals, cache),
    }
    figures = {"rows": rows, "bytes": len(package)}
    crew.refuse()
    for name, way in ways.items():
        before = _processor_seconds()
        made = way()
        figures[f"{name}_processor_s"] = round(_processor_seconds() - before, 3)
        assert made == package or name.startswith("one_")
    crew.allow()
    render_package(manifest, originals)
    for name, way in ways.items():
        figures[f"{name}_s"] = min(_timed(way)[0] for _ in range(2 if name == "cold" else 3))
    sections = sections_of(manifest, originals)
    form = next(each for each in sections if each.code == "form3")
    figures["form_s"], _ = _timed(lambda: drawing.draw(form, prefix="bench"))
    figures["floor_s"], figures["pages"] = _timed(
        lambda: _bare_merge([render_section(each, cache) for each in sections])
    )
    return figures | {"ratio": round(figures["cold_s"] / figures["floor_s"], 1), "load": _load()}


def _load() -> float:
    return round(os.getloadavg()[0], 1)


def _settled_drawn(manifest: dict, originals: dict, drawn: Kept) -> Kept:
    """Return a cache that also holds the sections drawn when the certificate of conformity was signed."""
    from documents.package.assembly import render_section
    from documents.package.sections import settled_sections

    kept = Kept(drawn)
    for section in settled_sections(manifest, originals):
        render_section(section, kept)
    return kept


def _pages_drawn(manifest: dict, originals: dict, before: Kept | None = None) -> Kept:
    """Return a cache that holds what the acceptance of each certificate leaves in it, and what it held before."""
    from documents.package.foreign_pages import PagesWanted, drawn_by_child
    from documents.package.sections import sections_of

    kept = Kept(before or {})
    for section in sections_of(manifest, originals):
        if section.original is not None:
            wanted = PagesWanted.of(section.facts["certificate"])
            if wanted.key not in kept:
                kept.put(wanted.key, drawn_by_child(wanted, section.original, who=section.title))
    return kept


def _processor_seconds() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def _replaced(manifest: dict, originals: dict) -> tuple[dict, dict]:
    from tests.documents.package import sample

    manifest, originals = copy.deepcopy(manifest), dict(originals)
    old = manifest["certificates"][0]
    content = originals[old["sha256"]] + b"\n% corrected\n"
    file = next(each for each in manifest["files"] if each["sha256"] == old["sha256"])
    file["sha256"] = old["sha256"] = sample.sha256(content)
    file["size_bytes"] = len(content)
    return manifest, originals | {old["sha256"]: content}


def _bare_merge(section_pdfs: list[bytes]) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(section_pdfs[0])) as pdf:
        for content in section_pdfs[1:]:
            with pikepdf.open(io.BytesIO(content)) as section:
                pdf.pages.extend(section.pages)
        pdf.save(io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(pdf.pages)


def _layout(rows: int) -> float:
    from documents.package import drawing
    from documents.package.sections import sections_of

    form = next(each for each in sections_of(*_facts(rows, 2)) if each.code == "form3")
    return _timed(lambda: drawing.LaidOut().render(form, drawing.context_of(form), prefix="bench"))[0]


def _timed(work) -> tuple[float, object]:
    begun = time.perf_counter()
    result = work()
    return round(time.perf_counter() - begun, 3), result


def _child(rows: int, certificates: int, *more: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "bench.package", "--only-draw", str(rows)]
    return subprocess.Popen(
        [*command, "--certificates", str(certificates), *more], stdout=subprocess.PIPE, text=True
    )


def _fresh_released(rows: int, certificates: int) -> float:
    manifest, originals = _facts(rows, certificates)
    settled = _settled_drawn(manifest, originals, _pages_drawn(manifest, originals))
    with tempfile.NamedTemporaryFile() as file:
        pickle.dump(dict(settled), file)
        file.flush()
        return _fresh(rows, certificates, "--settled", file.name)


def _fresh(rows: int, certificates: int, *more: str) -> float:
    """Return how long a new process takes to its first package, the making of the facts taken off."""
    begun = time.perf_counter()
    with _child(rows, certificates, *more) as child:
        told = json.loads(child.stdout.read())
    return round(time.perf_counter() - begun - told["facts_s"], 3)


def _a_minute(workers: int, rows: int, certificates: int) -> float:
    """Return how many packages so many processes draw a minute, after one each to warm up."""
    children = [_child(rows, certificates, "--draw-for", str(SECONDS_OF_LOAD)) for _ in range(workers)]
    rates = []
    for child in children:
        with child:
            rates.append(json.loads(child.stdout.read())["a_minute"])
    return round(sum(rates), 1)


def _draw_only(options: argparse.Namespace) -> int:
    facts_s, (manifest, originals) = _timed(lambda: _facts(options.only_draw, options.certificates))
    from documents.package import crew
    from documents.package.assembly import render_package

    if not options.draw_for:
        crew.allow()
    settled = Kept(pickle.loads(Path(options.settled).read_bytes())) if options.settled else None
    render_package(manifest, originals, settled)
    drawn, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < options.draw_for:
        render_package(manifest, originals)
        drawn += 1
    spent = time.perf_counter() - begun
    print(json.dumps({"facts_s": facts_s, "a_minute": 60 * drawn / spent if drawn else 0}))
    return 0


def _peaks() -> dict:
    """Return the highest memory of this process and of its helpers."""
    from documents.package import crew

    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    helpers = [_high_mark(each.process.pid) for each in crew.crew_of_this_process()]
    return {"worker": own // MIB, "helpers": helpers, "processors": len(os.sched_getaffinity(0))}


def _high_mark(pid: int) -> int:
    with open(f"/proc/{pid}/status", encoding="ascii") as told:
        return next(int(line.split()[1]) // MIB for line in told if line.startswith("VmHWM"))


if __name__ == "__main__":
    sys.exit(main())
