"""AWS Elastic Beanstalk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag, One
from wascan.kinds.families import Taggable, Upgrades
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs, Monitored
from wascan.markers import ABSENT

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_UPDATES = "aws:elasticbeanstalk:managedactions"
_LOGS = "aws:elasticbeanstalk:cloudwatch:logs"
_HOST = "aws:elasticbeanstalk:hostmanager"
_HEALTH = "aws:elasticbeanstalk:healthreporting:system"


class BeanstalkEnvironment(Upgrades, Logs, Monitored, Taggable):
    """An environment. Its platform is updated only where managed updates are switched on (AWS Elastic Beanstalk Developer
    Guide, "Managed platform updates"). What it does not say itself a saved configuration may say.
    """

    types = ("AWS::ElasticBeanstalk::Environment", "aws_elastic_beanstalk_environment")
    slug = "elastic-beanstalk-environment"
    noun = "Elastic Beanstalk environment"
    template = One(cfn="$.TemplateName", tf="$.template_name")
    auto_upgrade = Flag(
        cfn=f"$.OptionSettings[?@.Namespace=='{_UPDATES}' && @.OptionName=='ManagedActionsEnabled'].Value",
        tf=f"$.setting[?@.namespace=='{_UPDATES}' && @.name=='ManagedActionsEnabled'].value",
        default=ABSENT,
    )
    logging = "set {streams}, or {bucket_logs.name} to true"
    streams = Flag(
        cfn=f"$.OptionSettings[?@.Namespace=='{_LOGS}' && @.OptionName=='StreamLogs'].Value",
        tf=f"$.setting[?@.namespace=='{_LOGS}' && @.name=='StreamLogs'].value",
        default=ABSENT,
    )
    bucket_logs = Flag(
        cfn=f"$.OptionSettings[?@.Namespace=='{_HOST}' && @.OptionName=='LogPublicationControl'].Value",
        tf=f"$.setting[?@.namespace=='{_HOST}' && @.name=='LogPublicationControl'].value",
    )
    monitoring = "set {health.name} to enhanced"
    health = One(
        cfn=f"$.OptionSettings[?@.Namespace=='{_HEALTH}' && @.OptionName=='SystemType'].Value",
        tf=f"$.setting[?@.namespace=='{_HEALTH}' && @.name=='SystemType'].value",
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_upgrades(self) -> Verdict:
        return self.template.is_absent() | self.auto_upgrade.is_present()

    def decides_logs(self) -> Verdict:
        return self.template.is_absent() | self.streams.is_present()

    def is_logged(self) -> Verdict:
        """Whether logs outlive the instances that write them."""
        return self.streams.is_true() | self.bucket_logs.is_true()

    def decides_monitoring(self) -> Verdict:
        return self.template.is_absent() | self.health.is_present()

    def is_monitored(self) -> Verdict:
        """Whether health is reported by what runs on the instances."""
        return self.health.equals("enhanced")
