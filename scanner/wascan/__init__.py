"""wascan: infrastructure as code held against the AWS Well-Architected Framework before it is deployed."""

__version__ = "0.1.0"
