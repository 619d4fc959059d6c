"""The documentation site: its pages are complete, its programs compile and run, and Doxygen makes a site of them."""

import html
import re
import shutil
import sys

from common import BUILD, ROOT, WARNINGS, run
from ten_minutes import BLOCK

sys.path.append(str(ROOT / "docs"))
import site_pages  # noqa: E402

PLACE = BUILD / "frame" / "docs"
# What takes long to compile as a whole, and is only looked at.
LOOKED_AT = {"apart.cpp"}


def page_complaints():
    """Each area and story has a page, every header says what it is for, and what is referred to is there."""
    texts = dict(site_pages.pages())
    names = {name for text in texts.values() for name in re.findall(r"^# .*\{#(\w+)\}$", text, re.MULTILINE)}
    for name, text in texts.items():
        yield from (f"{name} refers to {other}, which is not there"
                    for other in re.findall(r"\\ref (\w+)", text) if other not in names)
        yield from (f"{name}: {line}" for line in text.splitlines() if line.endswith("| - |"))
    areas = {path.stem for path in (ROOT / "include/berth").glob("*.hpp")} - {"src"} | {"bench"}
    yield from (f"there is no page about {area}" for area in sorted(areas ^ set(site_pages.AREAS)))
    yield from (f"the map of the stories lacks {story}" for story in site_pages.told.stories()
                if story not in texts["stories.md"])


def help_complaints():
    """`examples/run --help` tells whole sentences, in lines that fit, without marks of Doxygen."""
    said = site_pages.told.table()
    yield from (f"a mark of Doxygen: {line}" for line in said.splitlines() if "\\" in line)
    yield from (f"{len(line)} columns: {line}" for line in said.splitlines() if len(line) > 100)
    yield from (f"{story} does not end its sentence: {site_pages.told.about(story)}"
                for story in site_pages.told.stories() if not site_pages.told.about(story).endswith("."))


def program_complaint(compiler, name, text):
    """A program of a page compiles without a warning, and ends well."""
    source = PLACE / name
    source.write_text(text, encoding="utf-8")
    command = [compiler, "-std=c++23", f"-I{ROOT / 'include'}", *WARNINGS, source]
    if name in LOOKED_AT:
        code, said = run([*command, "-fsyntax-only"])
        return "" if code == 0 else said
    code, said = run([*command, "-o", source.with_suffix(""), "-lboost_json", "-lre2", "-pthread"])
    if code == 0:
        code, said = run([source.with_suffix("")])
    return "" if code == 0 else said or f"exit code {code}"


def site_complaint(build):
    code, said = run(["ninja", "-C", build, "docs"])
    if code != 0:
        return said
    made = build / "docs/html"
    wanted = {"index.html": "The first ten minutes", "area_schedule.html": "keeps_reserve",
              "coming_etcd.html": "if_unchanged", "stories.html": "measure-a-plugin", "search/search.js": "",
              "structberth_1_1schedule_1_1profile.html": "A whole policy as a value"}
    for name, words in wanted.items():
        text = (made / name).read_text(encoding="utf-8") if (made / name).exists() else None
        if text is None or words not in html.unescape(re.sub(r"<[^>]*>", "", text)):
            return f"{name} is not there, or does not say {words!r}"
    return ""


def check(report, compiler, build):
    PLACE.mkdir(parents=True, exist_ok=True)
    report.check("the pages are complete", list(page_complaints()))
    report.check("the stories say in whole sentences what they tell", list(help_complaints()))
    for path in sorted((ROOT / "docs/coming-from").glob("*.md")):
        programs = [found for found in BLOCK.findall(path.read_text(encoding="utf-8")) if found[0] == "file"]
        report.check(f"{path.name} has a program", [] if programs else "it has none")
        for _, name, text in programs:
            report.check(f"{path.name}: {name}", program_complaint(compiler, name, text))
    if not shutil.which("doxygen"):
        return report.skip("ninja docs makes the site", "there is no doxygen")
    report.check("ninja docs makes the site", site_complaint(build))
    return None
