"""AWS Elastic Beanstalk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kind import Flag, One
from wascan.kinds.families import Taggable, Upgrades
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_UPDATES = "aws:elasticbeanstalk:managedactions"


class BeanstalkEnvironment(Upgrades, Taggable):
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
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_upgrades(self) -> Verdict:
        return self.template.is_absent() | self.auto_upgrade.is_present()
