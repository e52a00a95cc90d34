"""The web server, as production runs it and `make bench` measures it; flags on the command line win."""

import gc

bind = "0.0.0.0:8000"
workers, threads = 2, 4
# Loaded before the workers are: a wrong variable then stops the start instead of every worker, again and again.
preload_app = True
max_requests, max_requests_jitter = 2000, 200
# Longer than a proxy in front keeps idle connections: who closes first loses what is sent at that moment.
keepalive = 75
control_socket_disable = True


def when_ready(server: object) -> None:
    """What is loaded now stays: the collector need not walk it, and the workers go on sharing its memory."""
    gc.collect()
    gc.freeze()
