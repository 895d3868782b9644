"""Release profiles: files that say what may leave a casebook, the shipped ones and a user's own."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from reportedly.errors import InvalidProfile
from reportedly.knowledge.sensitive import categories
from reportedly.model.release import Profile

SHIPPED: Final = ("public", "partner", "internal")


def profile_text(name: str) -> str:
    """The file of a shipped profile."""
    return files("reportedly.knowledge").joinpath("profiles", f"{name}.toml").read_text(encoding="utf-8")


def profile_named(name: str) -> Profile:
    """A shipped profile by its name, or a user's own by its file. Raises InvalidProfile."""
    if name in SHIPPED:
        return profile_from(profile_text(name), name)
    path = Path(name)
    if path.suffix != ".toml":
        raise InvalidProfile(
            f"{name}: no such profile. Use {', '.join(SHIPPED)}, or a file of your own that ends in .toml"
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidProfile(
            f"{name}: cannot be read ({getattr(error, 'strerror', None) or 'it is not UTF-8'})"
        ) from None
    found = profile_from(text, name)
    if found.name in SHIPPED:
        raise InvalidProfile(f'{name}: name = "{found.name}" is a shipped profile\'s. Give yours a name of its own')
    return found


def profile_from(text: str, where: str) -> Profile:
    """A profile from its file's text. Raises InvalidProfile with what is wrong, and where."""
    try:
        profile = Profile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InvalidProfile(f"{where}: is no TOML ({error})") from None
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(map(str, first["loc"]))
        said = str(first["msg"]).removeprefix("Value error, ")
        raise InvalidProfile(f"{where}: {f'{at}: ' if at else ''}{said}") from None
    unknown = sorted(set(profile.sensitive.categories) - set(categories()))
    if unknown:
        raise InvalidProfile(
            f"{where}: sensitive.categories: {', '.join(unknown)}: no such category. There are {', '.join(categories())}"
        )
    return profile
