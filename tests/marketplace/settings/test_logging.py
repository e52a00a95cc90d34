import logging


def test_a_question_for_the_head_of_a_page_leaves_no_warning_in_the_log() -> None:
    assert not logging.getLogger("gunicorn.http.wsgi").isEnabledFor(logging.WARNING)
    assert logging.getLogger("gunicorn.error").isEnabledFor(logging.WARNING)
