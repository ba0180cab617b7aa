"""Our own CDK apps: where each of their constructs is made."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "fixtures" / "apps"

_QUEUE = ("lib/queues.ts", "return new sqs.Queue(scope, id, {")
_WEB = ("lib/orders-stack.ts", "new patterns.ApplicationLoadBalancedFargateService(this, 'Web', {")
_ORDERS = r"(Prod/)?Orders/"
_SEARCH = r"(Beta|Live)/Search/"

LINES = {
    "typescript": {
        r"Edge/Alarms/": ("lib/edge-stack.ts", "this.alarms = new sns.Topic(this, 'Alarms');"),
        r"Edge/Site/": ("lib/edge-stack.ts", "new s3.Bucket(this, 'Site', {"),
        r"Edge/Quota/": ("lib/edge-stack.ts", "new cr.AwsCustomResource(this, 'Quota', {"),
        rf"{_ORDERS}Vpc/": (
            "lib/orders-stack.ts",
            "const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });",
        ),
        rf"{_ORDERS}Database/": ("lib/orders-stack.ts", "new rds.DatabaseInstance(this, 'Database', {"),
        rf"{_ORDERS}(Requests|Paid|Shipped|Returned)/": _QUEUE,
        rf"{_ORDERS}Uploads/": ("lib/orders-stack.ts", "const uploads = new s3.Bucket(this, 'Uploads');"),
        rf"{_ORDERS}Web/": _WEB,
        rf"{_ORDERS}EcsDefaultCluster": _WEB,
        rf"{_ORDERS}Reports/Runs/": ("lib/reports-stack.ts", "const table = new dynamodb.Table(this, 'Runs', {"),
        rf"{_ORDERS}Reports/Archive/": ("lib/reports-stack.ts", "const archive = new s3.Bucket(this, 'Archive');"),
        rf"{_ORDERS}Reports/Runner/": ("lib/reports-stack.ts", "const runner = new iam.Role(this, 'Runner'"),
        rf"{_ORDERS}Reports.NestedStack/": ("lib/reports-stack.ts", "super(scope, id, props);"),
    },
    "python": {
        r"Catalogue/Products/": ("shop/catalogue.py", "self.products = aws_dynamodb.Table("),
        r"Catalogue/Pictures/": ("shop/catalogue.py", 'pictures = aws_s3.Bucket(self, "Pictures")'),
        r"Catalogue/Placeholders/": ("shop/catalogue.py", "aws_s3_deployment.BucketDeployment("),
        r"Catalogue/(Imports|Exports)/": ("shop/queues.py", "return aws_sqs.Queue("),
        rf"{_SEARCH}Changes/Resource": ("shop/queues.py", "return aws_sqs.Queue("),
        rf"{_SEARCH}Changes/(Policy|\w*Published)": ("shop/stages.py", "topic.add_subscription("),
        rf"{_SEARCH}Published/": ("shop/stages.py", 'topic = aws_sns.Topic(self, "Published")'),
        rf"{_SEARCH}Index/Snapshots/": ("shop/stages.py", 'bucket = aws_s3.Bucket(self, "Snapshots", versioned=False)'),
        rf"{_SEARCH}Index/Indexer/DefaultPolicy": ("shop/stages.py", "bucket.grant_read_write(indexer)"),
        rf"{_SEARCH}Index/Indexer/Resource": ("shop/stages.py", 'indexer = aws_iam.Role(self, "Indexer"'),
        rf"{_SEARCH}Index.NestedStack/": ("shop/stages.py", 'super().__init__(scope, id, description="The index'),
        r"Live/Search/Replica/": ("shop/stages.py", 'aws_s3.Bucket(self, "Replica")'),
    },
}
"""The constructs of each app by the beginnings of their paths, and the file and the text of the line that makes them."""


def line_of(app: str, construct: str) -> str:
    """Where a construct is made, as ``file:line``. Raises KeyError for one that this table does not know."""
    for path, (file, text) in LINES[app].items():
        if re.match(path, construct):
            lines = (FOLDER / app / file).read_text(encoding="utf-8").splitlines()
            (number,) = [number for number, line in enumerate(lines, 1) if line.strip().startswith(text)]
            return f"{file}:{number}"
    raise KeyError(construct)
