from wascan.kinds.sagemaker import Notebook
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="medium")
def notebook_root_access(notebook: Notebook) -> Verdict:
    """Users of {kinds} have no root access.

    Whoever is root on a notebook can read what others left, and switch off what watches it.

    Fix: set {root_access.name} to Disabled.
    """
    return notebook.root_access.is_false()
