#!/usr/bin/env python3
"""Build `scanner/wascan/data/actions.txt`: which actions of AWS's services can be allowed on named resources, a service a line.

    python scripts/build_actions.py           write it
    python scripts/build_actions.py --check   write nothing; exit 1 where it is not current

Each line has the name of a service, its actions that take no resource but ``*``, a bar, and those that take one. All this is
from the Service Authorization Reference, which cfn-lint ships as it publishes it for programs. A file that another version
of cfn-lint made is current: services and actions come every week.
"""

from __future__ import annotations

from cfnlint.data import AdditionalSpecs
from cfnlint.helpers import load_resource

from cfnlint_table import keep


def main() -> None:
    """Write it, or compare."""
    lines = []
    for service, entry in sorted(load_resource(AdditionalSpecs, "Policies.json").items()):
        actions = sorted(entry["Actions"].items())
        without = [name for name, facts in actions if not facts.get("Resources")]
        lines.append(" ".join([service, *without, "|", *(name for name, facts in actions if facts.get("Resources"))]))
    keep("actions.txt", lines, "services")


if __name__ == "__main__":
    main()
