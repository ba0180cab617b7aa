"""Amazon Lex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Many
from wascan.kinds.families import Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_AUDIO = "$.ConversationLogSettings.AudioLogSettings[*]"


class BotAlias(TakesKey, Taggable):
    """An alias of a bot, which may keep what people say to it."""

    types = ("AWS::Lex::BotAlias",)
    slug = "lex-bot-alias"
    noun = "Lex bot alias"
    plural = "Lex bot aliases"
    recordings = Many(cfn=f"{_AUDIO}.Destination.S3Bucket.S3BucketArn")
    key = Key(cfn=f"{_AUDIO}.Destination.S3Bucket.KmsKeyArn")
    tags = Tags(cfn="$.BotAliasTags")

    def decides_encryption(self) -> Verdict:
        """Without recordings there is nothing to encrypt."""
        return ~self.recordings.is_empty()
