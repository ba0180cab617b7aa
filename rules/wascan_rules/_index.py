"""Which modules hold the rules on each kind, by slug. Made by `scripts/build_index.py`."""

MODULES = {
    "kms-key": ("security.key_rotation", "operational_excellence.required_tags"),
    "lambda-event-source-mapping": ("reliability.dead_letter_queue", "operational_excellence.required_tags"),
    "lambda-function": ("security.customer_managed_key", "security.data_residency", "reliability.dead_letter_queue", "reliability.multi_az", "operational_excellence.required_tags", "reliability.reserved_concurrency", "security.supported_version"),
    "nat-gateway": ("reliability.nat_gateway_per_zone", "operational_excellence.required_tags"),
    "rds-backup-replication": ("reliability.backup_retention", "security.customer_managed_key", "security.data_residency"),
    "rds-cluster": ("operational_excellence.auto_upgrade", "reliability.backtrack", "reliability.backup_retention", "security.customer_managed_key", "security.data_residency", "reliability.deletion_protection", "security.encryption_at_rest", "reliability.multi_az", "operational_excellence.required_tags", "security.supported_version", "cost_optimization.tagged_backups"),
    "rds-global-cluster": ("security.data_residency", "reliability.deletion_protection", "security.encryption_at_rest", "operational_excellence.required_tags", "security.supported_version"),
    "rds-instance": ("operational_excellence.auto_upgrade", "reliability.backup_retention", "security.customer_managed_key", "security.data_residency", "reliability.deletion_protection", "security.encryption_at_rest", "reliability.multi_az", "operational_excellence.required_tags", "security.supported_version", "cost_optimization.tagged_backups"),
    "rds-snapshot": ("operational_excellence.required_tags",),
    "rds-snapshot-copy": ("security.customer_managed_key", "security.data_residency", "operational_excellence.required_tags"),
    "route-table": ("operational_excellence.required_tags",),
    "s3-bucket": ("security.bucket_access_logging", "sustainability.bucket_lifecycle", "security.bucket_public_access_blocked", "security.customer_managed_key", "security.data_residency", "security.encryption_at_rest", "cost_optimization.incomplete_uploads", "security.object_lock", "reliability.replication", "operational_excellence.required_tags", "reliability.versioning"),
    "s3-directory-bucket": ("security.customer_managed_key", "security.data_residency", "security.encryption_at_rest", "operational_excellence.required_tags"),
    "s3-table-bucket": ("security.customer_managed_key", "security.data_residency", "security.encryption_at_rest"),
    "s3-vector-bucket": ("security.customer_managed_key", "security.data_residency", "security.encryption_at_rest", "operational_excellence.required_tags"),
    "sqs-queue": ("security.customer_managed_key", "security.data_residency", "reliability.dead_letter_queue", "security.encryption_at_rest", "operational_excellence.required_tags"),
    "subnet": ("operational_excellence.required_tags",),
    "transit-gateway-attachment": ("reliability.multi_az", "operational_excellence.required_tags"),
    "vpc": ("operational_excellence.required_tags",),
    "vpc-endpoint": ("reliability.multi_az", "operational_excellence.required_tags"),
}
