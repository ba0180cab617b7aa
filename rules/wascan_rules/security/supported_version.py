from wascan.kinds.families import Versioned
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP01", "PERF05-BP06", severity="medium")
def supported_version(thing: Versioned, *, today: str) -> Verdict:
    """{Kinds} run a version in standard support.

    After the end of standard support, vulnerabilities stay open or are fixed only for those who pay extra, and in the
    end AWS upgrades at a time of its own choosing.

    Fix: set {version.name} to a version that AWS supports, after trying the upgrade on a copy.
    """
    return thing.is_supported(today)


@supported_version.applies
def names_one(thing: Versioned) -> Verdict:
    """Where no version is named, AWS takes one that it supports; a member of a cluster runs that of the cluster."""
    return thing.decides_version()
