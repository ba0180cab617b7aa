from wascan.kinds.families import Taggable
from wascan.rule import rule
from wascan.verdict import Verdict, all_of


@rule("OPS02-BP01", "COST03-BP02", severity="low")
def required_tags(thing: Taggable, *, tags: list[str]) -> Verdict:
    """{Kinds} carry the required tags.

    Tags say who owns a resource, who pays for it and what may be done with it. Nobody remembers that a year later.

    Fix: add the missing tags.
    """
    return all_of(thing.tags.has(tag) for tag in tags)


@required_tags.applies
def takes_tags(thing: Taggable) -> Verdict:
    """Some types have tags in one dialect and not in another."""
    return thing.takes_tags()
