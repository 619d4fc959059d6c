"""Writes the documentation site: `ninja docs`, or

    python3 docs/site_pages.py [--output DIR]        # build/docs by default; then open DIR/html/index.html

Doxygen (a Debian package) reads the `///` blocks of the public headers, and pages that are made here: each area with
a story first and all of its headers after it, the stories in their order, and what somebody who comes from elsewhere
looks for (docs/coming-from/).
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "examples"))
import telling as told  # noqa: E402

# Each area with the story that its page begins with.
AREAS = {
    "core": "010-place-a-task",
    "object": "033-share-an-object",
    "store": "050-keep-a-ledger",
    "schedule": "020-write-a-filter",
    "api": "055-survive-a-restart",
    "reconcile": "030-write-a-controller",
    "kube": "035-extend-the-scheduler",
    "node": "036-sail-in-one-process",
    "sim": "036-sail-in-one-process",
    "bench": "060-measure-a-plugin",
}


def page(title, name, *parts):
    return f"# {title} {{#{name}}}\n\n" + "\n\n".join(part.strip("\n") for part in parts) + "\n"


def code_of(path):
    """A source file as a block, without its guard and its own account of itself."""
    text = re.sub(r"^#pragma once\n\n?", "", path.read_text(encoding="utf-8"))
    text = re.sub(r"^/// \\file\n(///.*\n)+\n?", "", text)
    return f"```cpp\n{text}```"


def story(name):
    """What a story is about, and its code where it is short: the pure core, then the program around it."""
    folder = ROOT / "examples" / name
    parts = ["\n\n".join(told.file_block(folder / "main.cpp")), f"Run it: `examples/run {name.split('-')[0]}`."]
    files = [*sorted(folder.glob("*.hpp")), folder / "main.cpp"]
    if sum(path.read_text(encoding="utf-8").count("\n") for path in files) > 250:
        return [*parts, "Its code is in " + ", ".join(f"`examples/{name}/{path.name}`" for path in files) + "."]
    return [*parts, *(part for path in files for part in (f"`{path.name}`:", code_of(path)))]


def headers_of(area):
    include = ROOT / "include"
    found = sorted(path.relative_to(include).as_posix() for path in (include / "berth" / area).rglob("*.hpp")
                   if "/detail/" not in path.as_posix() and path.name != "fwd.hpp")
    rows = []
    for name in found:
        first = (told.file_block(include / name) or ["-"])[0].replace("|", "\\|")
        rows.append(f"| `<{name}>` | {first} |")
    return "| header | what it is |\n|---|---|\n" + "\n".join(rows)


def area_descriptions():
    """What README.md says of each area."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([\w/]+)` \| (.*) \|$", text, re.MULTILINE))


def pages():
    """(file name, text) of each page."""
    said = area_descriptions()
    for area, name in AREAS.items():
        yield f"area_{area}.md", page(f"{area}", f"area_{area}", said[area][:1].upper() + said[area][1:] + ".",
                                      f"## A story: {name}", *story(name), "## Its headers", headers_of(area))
    for name in told.stories():
        yield f"story_{name}.md", page(f"Story {name}", "story_" + name.replace("-", "_"), *story(name))
    rows = "\n".join(f"| \\ref story_{name.replace('-', '_')} \"{name}\" | {told.about(name)} |"
                     for name in told.stories())
    yield "stories.md", page("The stories in their order", "stories", f"| story | what it tells |\n|---|---|\n{rows}")
    coming = sorted((ROOT / "docs/coming-from").glob("*.md"))
    for path in coming:
        text = path.read_text(encoding="utf-8")
        title, _, rest = text.removeprefix("# ").partition("\n")
        rest = re.sub(r"^<!-- file: \S+ -->\n", "", rest, flags=re.MULTILINE)
        yield f"coming_{path.stem}.md", page(title, "coming_" + path.stem.replace("-", "_"), rest)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    begin = re.sub(r"^<!-- .* -->\n", "", readme[:readme.index("## One code, three stores")], flags=re.MULTILINE)
    areas = "\n".join(f"| \\ref area_{area} \"{area}\" | {said[area]} |" for area in AREAS)
    links = "\n".join(f"- \\ref coming_{path.stem.replace('-', '_')}" for path in coming)
    begin = begin.replace("# Berth\n", "# Berth {#mainpage}\n", 1)
    end = f"## The areas\n\n| area | what it is |\n|---|---|\n{areas}\n\n## The stories\n\n\\ref stories\n\n"
    yield "index.md", f"{begin}{end}## Coming from elsewhere\n\n{links}\n"


def version():
    return re.search(r"version: '([^']+)'", (ROOT / "meson.build").read_text(encoding="utf-8"))[1]


def write(output):
    """Writes the pages, and has Doxygen make the site of them."""
    folder = output / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in pages():
        (folder / name).write_text(text, encoding="utf-8")
    if not shutil.which("doxygen"):
        sys.exit(f"the pages are in {folder}; for the site install doxygen, and run this again")
    settings = (ROOT / "docs/Doxyfile").read_text(encoding="utf-8") + (
        f'PROJECT_NUMBER = {version()}\nINPUT = "{folder}" "{ROOT}/include/berth"\nOUTPUT_DIRECTORY = "{output}"\n'
        f'USE_MDFILE_AS_MAINPAGE = "{folder}/index.md"\nHTML_EXTRA_STYLESHEET = "{ROOT}/docs/style.css"\n'
        f'STRIP_FROM_PATH = "{ROOT}/include" "{folder}"\n')
    shutil.rmtree(output / "html", ignore_errors=True)
    done = subprocess.run(["doxygen", "-"], input=settings, text=True)
    if done.returncode != 0:
        sys.exit("doxygen failed; its words are above")
    print(f"open {output}/html/index.html")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "build/docs")
    write(parser.parse_args().output.resolve())
