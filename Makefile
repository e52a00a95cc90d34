# The commands of the project. `make run` and `make test` are all a newcomer needs; see docs/operations.md.
PY := .venv/bin/python

.PHONY: run test check soak bench bench-million audit screenshot messages requirements venv venv-dev

run: venv  ## the shop with its demonstration catalogue, on this machine
	@exec $(PY) scripts/run.py

test: venv-dev  ## everything that has to pass, browser tests included
	@$(PY) scripts/test.py

check: venv-dev  ## the fast part of it
	@$(PY) scripts/test.py --fast

soak: venv-dev  ## long runs on PostgreSQL: 10,000 steps of paying with faults in between; STEPS=50000 for more
	@SOAK_STEPS=$(or $(STEPS),10000) $(PY) scripts/postgres.py $(PY) -m pytest -q -s -n 0 -p no:logging --show-capture=no tests/payment/machine tests/payment/test_storm.py

bench: venv-dev  ## pages and searches at the size of the real catalogue, against their goals; SIZE=500 for a quick look
	@$(PY) -m tests.benchmarks.run $(if $(SIZE),--size $(SIZE))

bench-million: venv-dev  ## a million products with Elasticsearch: index and pages; takes half an hour; SIZE=50000 for a quick look
	@$(PY) -m tests.benchmarks.million $(if $(SIZE),--size $(SIZE))

audit: venv-dev  ## the served pages before Lighthouse and the Nu HTML checker; needs Node and Java, see docs/operations.md
	@exec $(PY) scripts/audit.py

screenshot: venv-dev  ## the picture in README.md, taken by its browser test
	@SCREENSHOT=1 $(PY) -m pytest tests/browser/test_screenshot.py

messages: venv-dev  ## collect translatable texts into locale/ and compile them
	@$(PY) scripts/messages.py

venv:
	@scripts/venv.sh base demo

venv-dev:
	@scripts/venv.sh base demo dev

COMPILE := .venv/bin/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links --allow-unsafe --strip-extras --no-header

requirements: venv-dev  ## compile requirements/*.in again; add UPGRADE=1 for newer versions
	@for name in base demo dev; do \
		$(COMPILE) $(if $(UPGRADE),--upgrade) requirements/$$name.in -o requirements/$$name.txt || exit 1; done
