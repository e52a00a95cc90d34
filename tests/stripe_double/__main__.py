"""`python -m tests.stripe_double --port 0` runs the double by itself and prints its address."""

import argparse
import threading

from tests.stripe_double.serving import serving


def main() -> None:
    parser = argparse.ArgumentParser(description="A double of Stripe's API for tests. It moves no money.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--later", type=float, default=5.0, help="seconds until slow refunds go on")
    given = parser.parse_args()
    with serving(host=given.host, port=given.port, later=given.later) as remote:
        print(remote.address, flush=True)  # noqa: T201
        threading.Event().wait()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
