"""Prints the searches that a browse page with all facets sends to Elasticsearch, for asking the node itself."""

import json

import django


def main() -> None:
    django.setup()
    from marketplace import clock
    from search.elastic.engine import FEW
    from search.elastic.requests import counted, listed
    from search.query import ProductQuery
    from search.relaxation import Attempt

    attempt = Attempt(ProductQuery(text="", day=clock.today()), (), 0)
    for body in (listed(attempt, best=True, size=FEW), counted(attempt, facets=True)):
        print("{}", json.dumps(body), sep="\n")


if __name__ == "__main__":
    main()
