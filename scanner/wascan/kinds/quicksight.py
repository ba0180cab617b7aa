"""Amazon QuickSight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag
from wascan.kinds.families import Taggable
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags
from wascan.kinds.transit import EncryptsInTransit

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class AnalysedSource(EncryptsInTransit, HoldsSecrets, Taggable):
    """A data source, to which QuickSight connects encrypted unless told not to (Amazon QuickSight API Reference,
    "SslProperties").
    """

    types = ("AWS::QuickSight::DataSource", "aws_quicksight_data_source")
    slug = "quicksight-data-source"
    noun = "QuickSight data source"
    transit = "set {plain.name} to false"
    plain = Flag(cfn="$.SslProperties.DisableSsl", tf="$.ssl_properties[*].disable_ssl")
    secrets = Secrets(cfn="$.Credentials.CredentialPair.Password", tf="$.credentials[*].credential_pair[*].password")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def encrypts_in_transit(self) -> Verdict:
        return self.plain.is_false()
