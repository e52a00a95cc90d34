"""Prints the request that a browse page with all facets sends to Elasticsearch, for asking the node itself."""

import json

import django


def main() -> None:
    django.setup()
    from marketplace import clock
    from search.elastic.requests import retrieve
    from search.query import ProductQuery
    from search.relaxation import Attempt

    print(json.dumps(retrieve(Attempt(ProductQuery(text="", day=clock.today()), (), 0), facets=True)))


if __name__ == "__main__":
    main()
