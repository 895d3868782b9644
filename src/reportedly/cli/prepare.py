"""Set-up step: build what is built once per machine, with a progress bar."""

from reportedly.cli.read import prepare_places

if __name__ == "__main__":
    prepare_places()
