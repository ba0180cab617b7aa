"""Which modules hold the rules on each kind, by slug. Made by `scripts/build_index.py`."""

MODULES = {
    "kms-key": ("security.key_rotation", "operational_excellence.required_tags"),
    "rds-instance": ("operational_excellence.auto_upgrade", "reliability.backup_retention", "security.customer_managed_key", "security.data_residency", "reliability.deletion_protection", "security.encryption_at_rest", "reliability.multi_az", "operational_excellence.required_tags"),
    "s3-bucket": ("security.customer_managed_key", "security.data_residency", "security.encryption_at_rest", "operational_excellence.required_tags", "reliability.versioning"),
    "sqs-queue": ("security.customer_managed_key", "security.data_residency", "reliability.dead_letter_queue", "security.encryption_at_rest", "operational_excellence.required_tags"),
}
