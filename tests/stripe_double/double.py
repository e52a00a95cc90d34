"""The double: takes requests, answers as Stripe does, and sends webhooks.

One request goes through these steps; a fault of the plan can stop it at any of them.

1. The key is checked: 401 without one (https://docs.stripe.com/api/authentication).
2. Rate limits and failures in front of the endpoint.
3. The idempotency key: replayed, refused, or taken.
4. The endpoint: parameters, then its work, under the account's lock.
5. The answer is kept under the key.
6. What follows the answer: late changes, webhooks.
7. The answer leaves, or the connection is cut.
"""

import hashlib
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.stripe_double import faults, params
from tests.stripe_double.account import PUBLISHABLE_KEY, SECRET_KEY, Account, Object, new_id, snapshot
from tests.stripe_double.authentication import key_of, needs_secret, refuse_key
from tests.stripe_double.call import Call
from tests.stripe_double.errors import Refused, invalid
from tests.stripe_double.events import matches
from tests.stripe_double.expanding import expanded
from tests.stripe_double.faults import Plan, Rule
from tests.stripe_double.forms import Malformed, parse
from tests.stripe_double.idempotency import Keys
from tests.stripe_double.routes import Route, find
from tests.stripe_double.webhooks import Webhooks

NEVER_READ = ("key", "expand")


@dataclass
class Request:
    """`headers`: names in lower case. `body`: of a POST, form-encoded."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Answer:
    """`cut`: the connection ends without it."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


class Double:
    def __init__(self, *, later: float | None = None) -> None:
        self.base = ""
        self.later = later
        self.webhooks = Webhooks()
        self.forget()

    def forget(self) -> None:
        """Everything as at the start: no objects, keys, faults, endpoints, calls."""
        self.account = Account()
        self.keys = Keys()
        self.plan = Plan()
        self.calls: list[dict[str, Any]] = []

    def reset(self) -> None:
        self.webhooks.close()
        self.webhooks = Webhooks()
        self.forget()

    def answer(self, request: Request) -> Answer:
        """One request of the API, from the check of its key to its webhooks."""
        path = urlsplit(request.target).path
        rules = {rule.kind: rule for rule in self.plan.of(f"{request.method} {path}")}
        noted: dict[str, Any] = {"at": time.time(), "faults": list(rules)}
        self.calls.append(noted)
        request_id = new_id("req_", 14)
        if "cut_before" in rules:
            noted.update(method=request.method, path=path, status=None)
            return Answer(0, b"", cut=True)
        try:
            answer = self.worked_on(request, rules, request_id, noted)
        except Refused as refused:
            answer = refusal(refused)
        if "delay_after" in rules:
            time.sleep(rules["delay_after"].seconds)
        if "error_after" in rules:
            answer = refusal(faults.error(rules["error_after"]))
        answer.cut = "cut_after" in rules
        answer.headers = {"Request-Id": request_id} | echoed(request) | answer.headers
        noted.update(
            method=request.method,
            path=path,
            status=None if answer.cut else answer.status,
            request_id=request_id,
            replayed="Idempotent-Replayed" in answer.headers,
        )
        return answer

    def worked_on(
        self, request: Request, rules: dict[str, Rule], request_id: str, noted: dict[str, Any]
    ) -> Answer:
        raw = sent(request)
        browser = key_of(request.headers, raw) == PUBLISHABLE_KEY
        key = request.headers.get("idempotency-key") if request.method == "POST" else None
        noted.update(params=masked(raw), idempotency_key=key, publishable=browser)
        refuse_key(key_of(request.headers, raw), known=(SECRET_KEY, PUBLISHABLE_KEY))
        if "error_before" in rules:
            raise faults.error(rules["error_before"])
        path = urlsplit(request.target).path
        found = find(request.method, path)
        if found is None:
            raise invalid(f"Unrecognized request URL ({request.method}: {path}).", status=404, saved=False)
        chosen, ids = found
        if browser and not chosen.browser:
            raise needs_secret()
        call = Call(
            account=self.account,
            raw={name: value for name, value in raw.items() if name not in NEVER_READ},
            ids=ids,
            publishable=browser,
            request_id=request_id,
            idempotency_key=key,
            base=f"http://{request.headers['host']}" if "host" in request.headers else self.base,
            stays_processing="processing" in rules,
        )
        if key is None:
            return self.execute(call, chosen, raw, rules)
        return self.once(call, chosen, raw, rules, f"{request.method} {path}")

    def once(self, call: Call, chosen: Route, raw: Object, rules: dict[str, Rule], operation: str) -> Answer:
        """The call under its idempotency key."""
        key, keys = str(call.idempotency_key), self.keys
        first = keys.begin(key, operation, fingerprint(raw), call.request_id)
        if first is not None and first.answer is not None:
            status, body = first.answer
            replayed = {
                "Idempotent-Replayed": "true",
                "Original-Request": first.request_id,
                "Idempotency-Key": key,
            }
            return Answer(status, body, replayed)
        try:
            answer = self.execute(call, chosen, raw, rules)
        except Refused as refused:
            if refused.saved:
                keys.finish(key, refused.status, encoded(refused.body))
            else:
                keys.abandon(key)
            raise
        except BaseException:
            keys.abandon(key)
            raise
        keys.finish(key, answer.status, answer.body)
        answer.headers["Idempotency-Key"] = key
        return answer

    def execute(self, call: Call, chosen: Route, raw: Object, rules: dict[str, Rule]) -> Answer:
        if "delay" in rules:
            time.sleep(rules["delay"].seconds)
        try:
            with call.account.lock:
                paths = params.strings("expand", raw["expand"]) if "expand" in raw else []
                body = encoded(expanded(call.account, chosen.operation(call), paths))
        finally:
            self.follow_up(call, rules)
        if "error_saved" in rules:
            raise faults.error(rules["error_saved"])
        return Answer(200, body)

    def follow_up(self, call: Call, rules: dict[str, Rule]) -> None:
        """Late changes, then the webhooks of everything the call raised. A declined payment raises events, too."""
        with call.account.lock:
            for change in call.later:
                change()
            call.later.clear()
        if call.account is not self.account:
            return  # a call from before a reset
        raised = list(reversed(call.events)) if "webhook_reorder" in rules else call.events
        for place, event in enumerate(raised):
            wanted = {
                kind: rule
                for kind, rule in rules.items()
                if kind.startswith("webhook_") and matches(rule.events, event["type"])
            }
            # Reordered webhooks leave a little apart, so that they also arrive in that order.
            after = 0.15 * place if "webhook_reorder" in wanted else 0.0
            after += wanted["webhook_delay"].seconds if "webhook_delay" in wanted else 0.0
            self.webhooks.send(event, after=after, dropped="webhook_drop" in wanted)
            if "webhook_duplicate" in wanted:
                self.webhooks.send(event, after=after)
        call.events.clear()
        for step in call.some_time_later:
            self.wait_for(step)
        call.some_time_later.clear()

    def by_itself(self, change: Callable[[Call], Any], *, operation: str = "") -> Any:
        """What nobody called for: Stripe acts by itself, or a test through the control API. `operation`: the name
        under which faults of its webhooks are planned."""
        rules = {rule.kind: rule for rule in self.plan.of(operation)}
        call = Call(account=self.account, raw={}, base=self.base)
        try:
            with call.account.lock:
                return snapshot(change(call))
        finally:
            self.follow_up(call, rules)

    def wait_for(self, step: Callable[[Call], None]) -> None:
        """Stripe's "some time later" comes after `later` seconds; without them, when the control API says so."""
        if self.later is None:
            return
        account = self.account

        def act() -> None:
            if self.account is account:
                self.by_itself(step)

        timer = threading.Timer(self.later, act)
        timer.daemon = True
        timer.start()


def sent(request: Request) -> Object:
    text = urlsplit(request.target).query
    if request.method != "GET":
        text = request.body.decode("utf-8", "replace")
    try:
        return parse(text)
    except Malformed as malformed:
        raise invalid(f"Invalid request parameters: {malformed}", saved=False) from malformed


def masked(raw: Object) -> Object:
    """For the list of calls: card numbers by their last digits."""
    card = raw.get("card")
    if isinstance(card, dict):
        return {**raw, "card": {"number": "…" + str(card.get("number", ""))[-4:]}}
    return raw


def fingerprint(raw: Object) -> str:
    return hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()


def encoded(answer: Object) -> bytes:
    return json.dumps(answer, indent=2, ensure_ascii=False).encode()


def refusal(refused: Refused) -> Answer:
    return Answer(refused.status, encoded(refused.body), dict(refused.headers))


def echoed(request: Request) -> dict[str, str]:
    version = request.headers.get("stripe-version")
    return {"Stripe-Version": version} if version else {}
