#!/usr/bin/env python3
"""Build the two indexes that keep a scan from importing what it does not need.

    python scripts/build_index.py           write them
    python scripts/build_index.py --check   write nothing; exit 1 where they are not current

`scanner/wascan/kinds/_index.py` says which module knows a resource type, and where a kind is by its class name;
`rules/wascan_rules/_index.py` says which modules hold the rules on a kind.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wascan.kind import Kind

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scanner"), str(ROOT / "rules")]

import wascan.kinds  # noqa: E402  the packages are found only now, whether installed or not
import wascan_rules  # noqa: E402
from wascan import packs  # noqa: E402
from wascan.kinds.taggable import LongTail  # noqa: E402


def main() -> None:
    """Write both, or compare."""
    made = {
        ROOT / "scanner/wascan/kinds/_index.py": kinds_index(),
        ROOT / "rules/wascan_rules/_index.py": rules_index(),
    }
    stale = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not current: run python scripts/build_index.py", file=sys.stderr)
        sys.exit(bool(stale))
    for path in stale:
        path.write_text(made[path], encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")


def all_kinds() -> list[type[Kind]]:
    """Every kind that names a type, by class name."""
    for module in pkgutil.iter_modules(wascan.kinds.__path__):
        if not module.name.startswith("_"):
            importlib.import_module(f"wascan.kinds.{module.name}")
    return sorted(packs.known_kinds(), key=lambda kind: kind.__name__)


def kinds_index() -> str:
    """The modules of `wascan.kinds` by resource type and by class name."""
    modules = {type: kind.__module__.rpartition(".")[2] for kind in all_kinds() for type in kind.types}
    names = {kind.__name__: kind.__module__.rpartition(".")[2] for kind in all_kinds()}
    return (
        '"""Where each kind is. Made by `scripts/build_index.py`."""\n\n'
        + table("MODULES", dict(sorted(modules.items())))
        + table("NAMES", names)
    )


def rules_index() -> str:
    """The modules of `wascan_rules` that hold the rules on each kind, by the kind's slug."""
    rules = packs.modules_of(wascan_rules)
    found = {
        kind.slug: tuple(rule.module.removeprefix("wascan_rules.") for rule in rules if rule.judges(kind))
        for kind in sorted(all_kinds(), key=lambda kind: kind.slug)
    }
    tail = (rule.module.removeprefix("wascan_rules.") for rule in rules if rule.judges(LongTail))
    found = dict(sorted({**found, packs.TAIL: tuple(tail)}.items()))
    return '"""Which modules hold the rules on each kind, by slug. Made by `scripts/build_index.py`."""\n\n' + table(
        "MODULES", {slug: modules for slug, modules in found.items() if modules}
    )


def table(name: str, rows: dict[str, object]) -> str:
    """A dict as source, a row a line."""
    return (
        f"{name} = {{\n"
        + "".join(f"    {key!r}: {value!r},\n".replace("'", '"') for key, value in rows.items())
        + "}\n"
    )


if __name__ == "__main__":
    main()
