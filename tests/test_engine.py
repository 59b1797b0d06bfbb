import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time

import pandas as pd
import pytest

from analystkit import engine
from analystkit.engine import in_order, reading_workers

PARENT = os.getpid()


def halve(number):
    # Later tasks end sooner.
    time.sleep(0.02 / (1 + number))
    return number / 2


def end_of_process(number):
    if number == 5 and os.getpid() != PARENT:
        os._exit(1)
    return number


def refuse(number):
    raise ValueError(f"no {number}")


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(workers):
    assert list(in_order(halve, range(20), workers)) == [number / 2 for number in range(20)]
    assert list(in_order(halve, [], workers)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_tasks_are_taken_up_only_a_few_ahead(workers):
    taken = []
    results = in_order(halve, (taken.append(number) or number for number in range(100)), workers)
    assert next(results) == 0
    assert len(taken) <= 3 * workers + 1
    results.close()
    assert len(taken) <= 3 * workers + 1


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_a_task_is_raised(workers):
    with pytest.raises(ValueError, match="no 7"):
        list(in_order(refuse, [7], workers))


@pytest.mark.skipif(
    multiprocessing.get_start_method() != "fork", reason="the task knows its parent by a fork"
)
def test_what_a_process_that_was_ended_had_is_done_in_this_one():
    assert list(in_order(end_of_process, range(40), 2)) == list(range(40))


@pytest.mark.skipif(os.name != "posix", reason="sends the signal of Ctrl-C")
def test_an_interrupt_ends_the_work_at_once_and_quietly():
    code = """
        import time
        from analystkit.engine import in_order
        def slow(number):
            time.sleep(0.2)
            return number
        for result in in_order(slow, range(1000), 2):
            print(result, flush=True)
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout.readline() == "0\n"
    # As the terminal does: to the process and all that it started.
    os.killpg(process.pid, signal.SIGINT)
    begin = time.monotonic()
    _, told = process.communicate(timeout=20)
    assert time.monotonic() - begin < 10
    assert process.returncode != 0
    assert told.count("Traceback") == 1
    assert told.rstrip().endswith("KeyboardInterrupt")


def test_a_second_process_is_for_much_to_read(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    monkeypatch.setattr(engine, "_may_start_processes", lambda: True)
    assert reading_workers(None, 299, 4_999_999) == 1
    assert reading_workers(None, 300, 0) == 4
    assert reading_workers(None, 1, 5_000_000) == 4
    assert [reading_workers(given, 1, 0) for given in (0, 1, 3)] == [1, 1, 3]
    monkeypatch.setattr(engine, "_may_start_processes", lambda: False)
    assert reading_workers(None, 10_000, 10**9) == 1


def test_a_script_is_not_run_again_where_processes_begin_anew(monkeypatch):
    main = sys.modules["__main__"]
    monkeypatch.setattr(main, "__file__", "script.py", raising=False)
    monkeypatch.setattr(multiprocessing, "get_start_method", lambda: "spawn")
    assert not engine._may_start_processes()
    monkeypatch.delattr(main, "__file__")
    assert engine._may_start_processes()
    monkeypatch.setattr(multiprocessing, "get_start_method", lambda: "fork")
    assert engine._may_start_processes()


def store(folder, name, *, days, size):
    place = folder / name
    place.mkdir(parents=True)
    (place / "ids.npy").write_bytes(b"x" * size)
    os.utime(place, (time.time() - 86_400 * days,) * 2)
    return place


NAMES = [f"{table}-{digit * 24}" for table, digit in (("tokens", "a"), ("mentions", "b"), ("tokens", "c"))]


def test_what_nobody_used_for_long_is_taken_out_of_the_cache(tmp_path):
    stores = [
        store(tmp_path, name, days=days, size=9) for name, days in zip(NAMES, (61, 59, 90), strict=True)
    ]
    pages = store(tmp_path, "pages", days=900, size=9)
    engine.Cache(tmp_path).tidy()
    assert [place.exists() for place in stores] == [False, True, False]
    assert pages.exists()


def test_beyond_its_size_the_cache_loses_what_was_not_used_for_longest(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "KEPT_BYTES", 25)
    stores = [store(tmp_path, name, days=days, size=10) for name, days in zip(NAMES, (2, 3, 1), strict=True)]
    engine.Cache(tmp_path).tidy()
    # 30 bytes are too many, 20 are not.
    assert [place.exists() for place in stores] == [True, False, True]


def test_what_is_read_counts_as_used_and_what_was_just_made_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "KEPT_BYTES", 0)
    texts = pd.Series(["War and peace."])
    engine.Cache(tmp_path).read_tokens(texts)
    (kept,) = tmp_path.glob("tokens-*")
    os.utime(kept, (0, 0))
    assert engine.Cache(tmp_path).read_tokens(texts).words(0) == ["War", "and", "peace", "."]
    assert time.time() - kept.stat().st_mtime < 60
    engine.Cache(tmp_path).read_tokens(pd.Series(["Peace."]))
    (other,) = tmp_path.glob("tokens-*")
    assert other != kept
