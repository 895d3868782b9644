"""What is built once per machine, with a progress bar; also the last step of setting up."""

from rich.console import Console

from reportedly.cli.progress import progress_bar
from reportedly.knowledge import gazetteer_index


def prepare_places() -> None:
    """Build the index of places on the first use of this machine."""
    if gazetteer_index.index_path().exists():
        return
    console = Console(stderr=True)
    with progress_bar(console) as progress:
        task = progress.add_task("Building the index of places (once)", total=None)
        gazetteer_index.build(lambda done, total: progress.update(task, completed=done, total=total))


if __name__ == "__main__":
    prepare_places()
