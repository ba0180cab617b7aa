"""Families of what can be reached: from the internet, from a network, by anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from wascan.kind import Kind
from wascan.verdict import Verdict, known

if TYPE_CHECKING:
    from wascan.attribute import Attribute
    from wascan.value import Value, Values


class Publishable(Kind):
    """A store, or what moves data, that has a public address where `public` is on."""

    noun = "database, broker or cluster"
    plural = "databases, brokers and clusters"
    public: Attribute[Value]

    def is_private(self) -> Verdict:
        """Whether it is reached from its network only."""
        return self.public.is_false()


class HasEndpoint(Kind):
    """A service with an endpoint that AWS can put on the internet or into a network. `privacy` is how, for the remedy."""

    noun = "cluster, domain or server"
    plural = "clusters, domains and servers"
    privacy: ClassVar[str]

    def has_private_endpoint(self) -> Verdict:
        """Whether the endpoint is in a network, and nowhere else."""
        raise NotImplementedError


class TakesAddress(Kind):
    """What may get a public address, or gives one to what is started in it: `public_address`."""

    noun = "instance, service or subnet"
    plural = "instances, services and subnets"
    public_address: Attribute[Any]

    def asks_for_address(self) -> Verdict:
        """Whether it asks for one itself. Where it says nothing, its subnet decides, which is judged itself."""
        asks: Verdict = self.public_address.is_true()
        return asks


class Placeable(Kind):
    """What runs in a network of AWS's, or in the default one, until it is given a place: `place` says where."""

    noun = "instance or cluster"
    plural = "instances and clusters"
    place: Attribute[Any]

    def has_own_network(self) -> Verdict:
        """Whether it is given a place in a network of the customer's."""
        placed: Verdict = self.place.is_present()
        return placed

    def decides_place(self) -> Verdict:
        """Whether that is its own affair."""
        return known(True)


class Surfs(Kind):
    """What can have a way to the internet besides that of its network. `no_surfing` is how to cut it, for the remedy."""

    noun = "SageMaker domain or notebook"
    plural = "SageMaker domains and notebooks"
    no_surfing: ClassVar[str]

    def has_own_way_out(self) -> Verdict:
        """Whether it has one."""
        raise NotImplementedError


class Joinable(Kind):
    """What networks of other accounts may ask to be connected with. `acceptance` is how to be asked, for the remedy."""

    noun = "endpoint service or transit gateway"
    plural = "endpoint services and transit gateways"
    acceptance: ClassVar[str]

    def asks_before_joining(self) -> Verdict:
        """Whether somebody has to say yes to each of them."""
        raise NotImplementedError


class Given(Kind):
    """What its owner can give to other accounts, or to everybody at once: `audience` says to whom."""

    noun = "image, snapshot, layer or document"
    plural = "images, snapshots, layers and documents"
    audience: Attribute[Values]

    def is_given_to_everybody(self) -> Verdict:
        """Whether every customer of AWS gets it."""
        return self.audience.any(lambda one: one.satisfies(lambda name: name.lower() in ("all", "*"), "everybody"))

    def can_be_given(self) -> Verdict:
        """Whether its dialect can say so."""
        return known(True)


class RefusesPublicAccess(Kind):
    """A setting of an account that refuses to let anything of one sort be public. `refusing` is how, for the remedy."""

    noun = "account-wide block of public access"
    plural = "account-wide blocks of public access"
    refusing: ClassVar[str]

    def refuses(self) -> Verdict:
        """Whether it does."""
        raise NotImplementedError


class InGroups(Kind):
    """What has network interfaces in security groups, and is in the default one of its VPC where it names none: `groups`."""

    noun = "instance, cluster or endpoint"
    plural = "instances, clusters and endpoints"
    groups: Attribute[Values]

    def has_own_group(self) -> Verdict:
        """Whether it names any."""
        return ~self.groups.is_empty()

    def decides_groups(self) -> Verdict:
        """Whether that is its own affair, and it has such interfaces at all."""
        return known(True)


class KnowsClients(Kind):
    """A store that serves all who can reach it until it is told whom to serve. `sign_in` is how, for the remedy."""

    noun = "cache"
    sign_in: ClassVar[str]

    def knows_clients(self) -> Verdict:
        """Whether it serves those alone who can say who they are."""
        raise NotImplementedError


class Isolates(Kind):
    """What runs containers of somebody's that reach no network where `isolated` is on."""

    noun = "SageMaker model or job"
    plural = "SageMaker models and jobs"
    isolated: Attribute[Value]


class RoutesThroughVPC(Kind):
    """A data warehouse whose loads and unloads go through the VPC where `routes_in_vpc` is on."""

    noun = "Redshift cluster or workgroup"
    plural = "Redshift clusters and workgroups"
    routes_in_vpc: Attribute[Value]
