from wascan.kinds.sagemaker import Notebook
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP02", severity="medium")
def notebook_imds_version(notebook: Notebook) -> Verdict:
    """{Kinds} serve metadata only to requests with a token.

    Without tokens a page that runs in the notebook can fetch the credentials of its role.

    Fix: set {metadata_version.name} to 2.
    """
    return notebook.metadata_version.at_least(2)
