from wascan.kinds.sagemaker import Notebook
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP02", severity="medium")
def notebook_imds_version(notebook: Notebook) -> Verdict:
    """{Kinds} give keys of their role only for a token.

    Without tokens a page that runs in the notebook can fetch the keys of its role.

    Fix: set {metadata_version.name} to 2.
    """
    return notebook.metadata_version.at_least(2)
