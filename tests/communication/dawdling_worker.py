"""A real worker that, when the mail server has taken a message, says so in a file and dawdles before it writes it down."""

import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from marketplace.communication import delivery  # noqa: E402

SIGN = Path(sys.argv[1])
end = delivery._end


def dawdle(*args: Any) -> None:
    SIGN.touch()
    time.sleep(60)
    end(*args)


delivery._end = dawdle
call_command("worker")
