"""Make the front-end files that come from PyPI packages ready to serve. Run by `make setup`."""


def main() -> None:
    """Nothing to make ready yet."""


if __name__ == "__main__":
    main()
