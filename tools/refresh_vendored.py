"""Fetches what the desk's pages draw with, as published, into the package, and writes the manifest with versions, licences and hashes.

    python tools/refresh_vendored.py                      the versions in the manifest
    python tools/refresh_vendored.py leaflet=1.9.4        another version of one

Needs npm, which it asks for each package's archive; nothing is built, and no script of any package is run.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).resolve().parents[1] / "src" / "reportedly" / "desk" / "static" / "vendor"
MANIFEST = VENDOR / "manifest.json"


def refreshed(package: dict[str, Any], version: str) -> dict[str, Any]:
    """One package's files, put in place, and what the manifest is to say of them."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to fetch packages")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [npm, "pack", "--silent", f"{package['name']}@{version}"], cwd=folder, check=True, capture_output=True
        )
        [archive] = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as packed:
            about = json.loads(_member(packed, "package.json"))
            files = []
            for file in package["files"]:
                data = _member(packed, file["from"])
                target = VENDOR / file["to"]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
                files.append({"from": file["from"], "to": file["to"], "sha256": hashlib.sha256(data).hexdigest()})
    return {
        "name": package["name"],
        "version": about["version"],
        "licence": about["license"],
        "for": package["for"],
        "files": files,
    }


def _member(packed: tarfile.TarFile, name: str) -> bytes:
    found = packed.extractfile(f"package/{name}")
    if found is None:
        sys.exit(f"{name}: is no file of the package")
    return found.read()


def main() -> None:
    wanted = dict(argument.split("=", 1) for argument in sys.argv[1:])
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    unknown = wanted.keys() - {package["name"] for package in manifest["packages"]}
    if unknown:
        sys.exit(f"{', '.join(sorted(unknown))}: not in the manifest; add it there with the files that are needed")
    manifest["packages"] = [refreshed(p, wanted.get(p["name"], p["version"])) for p in manifest["packages"]]
    MANIFEST.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for package in manifest["packages"]:
        print(f"{package['name']} {package['version']} ({package['licence']})")


if __name__ == "__main__":
    main()
