"""Where each kind is. Made by `scripts/build_index.py`."""

MODULES = {
    "AWS::KMS::Key": "kms",
    "AWS::RDS::DBInstance": "rds",
    "AWS::S3::Bucket": "s3",
    "AWS::SQS::Queue": "sqs",
    "aws_db_instance": "rds",
    "aws_kms_key": "kms",
    "aws_s3_bucket": "s3",
    "aws_sqs_queue": "sqs",
}
NAMES = {
    "Bucket": "s3",
    "DBInstance": "rds",
    "KMSKey": "kms",
    "Queue": "sqs",
}
