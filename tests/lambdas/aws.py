"""AWS, as moto plays it, with what Zappa asks of it and moto has not."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from moto.awslambda import responses, urls
from moto.server import ThreadedMotoServer

LIST_OF_ADDRESSES = r"{0}/(?P<api_version>[^/]+)/functions/(?P<function_name>[\w_:%-]+)/urls/?$"


@contextmanager
def make_believe_aws() -> Iterator[str]:
    """An AWS of this machine's own, at the address it answers."""
    responses.LambdaResponse.list_function_url_configs = _list_function_url_configs  # type: ignore[attr-defined]
    urls.url_paths.setdefault(LIST_OF_ADDRESSES, responses.LambdaResponse.dispatch)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield "http://{}:{}".format(*server.get_host_and_port())
    finally:
        server.stop()


def _list_function_url_configs(response: Any) -> str:
    _, _, found = response.get_function_url_config()
    return '{"FunctionUrlConfigs": [' + found + "]}"
