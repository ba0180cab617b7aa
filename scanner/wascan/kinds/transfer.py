"""AWS Transfer Family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag, Many, One
from wascan.kinds.exposure import HasEndpoint
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs
from wascan.kinds.transit import EncryptsInTransit

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class TransferServer(HasEndpoint, EncryptsInTransit, Logs, Taggable):
    """A server that files are sent to and fetched from. It speaks SFTP unless told otherwise; FTP is not encrypted (AWS
    Transfer Family User Guide, "Configuring an SFTP, FTPS, or FTP server endpoint").
    """

    types = ("AWS::Transfer::Server", "aws_transfer_server")
    slug = "transfer-server"
    noun = "Transfer Family server"
    privacy = "set {endpoint.name} to VPC, without addresses of your own in {addresses.name}"
    endpoint = One(cfn="$.EndpointType", tf="$.endpoint_type", default="PUBLIC")
    addresses = Many(
        cfn="$.EndpointDetails.AddressAllocationIds[*]", tf="$.endpoint_details[*].address_allocation_ids[*]"
    )
    transit = "take FTP out of {protocols.name}"
    protocols = Many(cfn="$.Protocols[*]", tf="$.protocols[*]")
    logging = "set {logs}, or name a log group in {log_groups.name}"
    logs = Flag(by_presence=True, cfn="$.LoggingRole", tf="$.logging_role")
    log_groups = Many(cfn="$.StructuredLogDestinations[*]", tf="$.structured_log_destinations[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def has_private_endpoint(self) -> Verdict:
        """An endpoint in a VPC is on the internet where it has Elastic IP addresses."""
        return self.endpoint.one_of("VPC", "VPC_ENDPOINT") & self.addresses.is_empty()

    def encrypts_in_transit(self) -> Verdict:
        return self.protocols.none(lambda protocol: protocol.equals("FTP"))

    def is_logged(self) -> Verdict:
        return self.logs.is_true() | ~self.log_groups.is_empty()
