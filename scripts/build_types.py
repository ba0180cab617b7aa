#!/usr/bin/env python3
"""Build `scanner/wascan/data/types.txt`: every resource type of CloudFormation's registry that is AWS's own, one a line.

    python scripts/build_types.py           write it
    python scripts/build_types.py --check   write nothing; exit 1 where it is not current

The names come from the registry schemas that cfn-lint ships, of all Regions. They change with each release of cfn-lint:
a file that another version made is current, for the table is for finding slips, not for telling what is newest.
"""

from __future__ import annotations

from cfnlint.helpers import REGIONS
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from cfnlint_table import keep


def main() -> None:
    """Write it, or compare."""
    names = sorted(
        {
            type
            for region in REGIONS
            for type in PROVIDER_SCHEMA_MANAGER.get_resource_types(region)
            if type.startswith("AWS::")
        }
    )
    keep("types.txt", names, "types")


if __name__ == "__main__":
    main()
