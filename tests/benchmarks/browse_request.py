"""Prints the search that answers a browse page, 24 products and all facets, for asking the node itself."""

import json

import django


def main() -> None:
    django.setup()
    from marketplace import clock
    from search.elastic.requests import counted, listed
    from search.query import ProductQuery
    from search.relaxation import Attempt

    attempt = Attempt(ProductQuery(text="", day=clock.today()), (), 0)
    products = listed(attempt, best=False, size=24) | {"track_total_hits": True}
    print(json.dumps(counted(attempt, facets=True) | products))


if __name__ == "__main__":
    main()
