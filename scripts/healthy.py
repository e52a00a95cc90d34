"""Health check of the web container: the shop answers, asked by a name it is known under."""

import http.client
import os
import sys

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
connection.request("GET", "/suc-khoe/", headers={"Host": host})
sys.exit(0 if connection.getresponse().status == http.HTTPStatus.OK else 1)
