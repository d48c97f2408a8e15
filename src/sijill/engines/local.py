"""One process, or many on one machine."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context

import msgspec

from sijill.engines.interface import Coder, code_one, code_report
from sijill.reading.fields import Located, ReadError
from sijill.records import Record

CHUNK = 16
"""Reports that go to a worker at once."""
IN_FLIGHT = 4
"""Chunks for each worker that may be under way, so that an endless input takes bounded memory."""

Item = Located | ReadError


class _Result(msgspec.Struct, frozen=True):
    """What comes back of one item: a record or an error."""

    record: Record | None = None
    error: ReadError | None = None


class OneProcess:
    """Codes in this process, each report as it comes."""

    def __init__(self, coder: Coder = code_report) -> None:
        self._coder = coder

    def code(self, items: Iterable[Item]) -> Iterator[Record | ReadError]:
        """One result for each item, in order."""
        for item in items:
            yield code_one(item, self._coder) if isinstance(item, Located) else item


class ManyProcesses:
    """Codes in `workers` processes of their own, chunk by chunk; a process that dies costs only the report it died of."""

    def __init__(self, workers: int, coder: Coder = code_report) -> None:
        self._workers = workers
        self._coder = coder

    def code(self, items: Iterable[Item]) -> Iterator[Record | ReadError]:
        """One result for each item, in order. The chunks of a pool that broke are coded again, report by report."""
        source = iter(items)
        pool = self._pool(self._workers)
        waiting: deque[tuple[list[Item], Future[bytes]]] = deque()
        try:
            while True:
                while len(waiting) < self._workers * IN_FLIGHT and (chunk := list(islice(source, CHUNK))):
                    waiting.append((chunk, _submit(pool, chunk, self._coder)))
                if not waiting:
                    return
                chunk, future = waiting.popleft()
                try:
                    yield from _results(future.result())
                except BrokenProcessPool:
                    pool.shutdown(wait=False, cancel_futures=True)
                    for item in chunk:
                        yield self._alone(item)
                    pool = self._pool(self._workers)
                    waiting = deque((c, f if _done(f) else _submit(pool, c, self._coder)) for c, f in waiting)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _alone(self, item: Item) -> Record | ReadError:
        """Code one report in a process of its own."""
        if isinstance(item, ReadError):
            return item
        with self._pool(1) as pool:
            try:
                return next(_results(_submit(pool, [item], self._coder).result()))
            except BrokenProcessPool:
                return ReadError(item.path, item.line, "could not be coded: the process that coded it died")

    @staticmethod
    def _pool(workers: int) -> ProcessPoolExecutor:
        # A fresh interpreter for each worker: nothing of this process (threads, locks, open files) is copied into it.
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_ignore_interrupts)


def _ignore_interrupts() -> None:
    """Ctrl-C is for the main process, which then ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _done(future: Future[bytes]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _submit(pool: ProcessPoolExecutor, chunk: list[Item], coder: Coder) -> Future[bytes]:
    """Send a chunk; a pool that is known to be broken gives a future that says so."""
    packed = msgspec.msgpack.encode([item if isinstance(item, Located) else None for item in chunk])
    errors = [item if isinstance(item, ReadError) else None for item in chunk]
    try:
        return pool.submit(_work, packed, msgspec.msgpack.encode(errors), coder)
    except BrokenProcessPool as error:
        broken: Future[bytes] = Future()
        broken.set_exception(error)
        return broken


def _work(packed: bytes, errors: bytes, coder: Coder) -> bytes:
    """In a worker: code a chunk. Goes in and comes out as MessagePack."""
    items = msgspec.msgpack.decode(packed, type=list[Located | None])
    passed = msgspec.msgpack.decode(errors, type=list[ReadError | None])
    results = []
    for item, error in zip(items, passed, strict=True):
        found = error if item is None else code_one(item, coder)
        results.append(_Result(record=found) if isinstance(found, Record) else _Result(error=found))
    return msgspec.msgpack.encode(results)


def _results(packed: bytes) -> Iterator[Record | ReadError]:
    for result in msgspec.msgpack.decode(packed, type=list[_Result]):
        found = result.record or result.error
        assert found is not None
        yield found
