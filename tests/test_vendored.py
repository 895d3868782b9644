"""What the desk draws with is what was published, under licences that may ship, and names no other address that a page would ask."""

import hashlib
import json
import re
from importlib.resources import files

STATIC = files("reportedly.desk").joinpath("static")
MANIFEST = json.loads(STATIC.joinpath("vendor", "manifest.json").read_text(encoding="utf-8"))


def test_every_vendored_file_is_in_the_manifest_with_its_hash() -> None:
    listed = {file["to"]: file["sha256"] for package in MANIFEST["packages"] for file in package["files"]}
    folder = STATIC.joinpath("vendor")
    found = {
        f"{package.name}/{file.name}": hashlib.sha256(file.read_bytes()).hexdigest()
        for package in folder.iterdir()
        if package.is_dir()
        for file in package.iterdir()
    }
    assert found == listed


def test_each_package_may_ship_and_says_so() -> None:
    for package in MANIFEST["packages"]:
        assert package["licence"].strip("()").split(" OR ")[0] in {"0BSD", "MIT", "BSD-2-Clause", "Apache-2.0"}
        assert any("LICENSE" in file["to"] for file in package["files"])
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])


def test_our_own_scripts_and_styles_ask_nobody_else_and_write_no_markup() -> None:
    for folder in ("js", "css"):
        for file in STATIC.joinpath(folder).iterdir():
            text = file.read_text(encoding="utf-8")
            assert not re.search(
                r"https?://|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
            ), file.name


def test_outlines_bear_the_names_that_the_gazetteer_gives() -> None:
    from reportedly.knowledge.gazetteer import candidates

    for country, names in (
        ("SYR", {"Aleppo", "Homs"}),
        ("YEM", {"Abyan", "Taiz"}),
        ("UKR", {"Kharkiv Oblast"}),
        ("SDN", {"North Kordofan"}),
        ("BFA", {"Sahel"}),
    ):
        features = json.loads(STATIC.joinpath("outlines", f"{country}.json").read_text(encoding="utf-8"))["features"]
        drawn = {feature["properties"]["name"] for feature in features}
        for name in names:
            found = next(c.name for c in candidates(name) if c.kind == "admin1" and c.country == country)
            assert found in drawn
