"""Answers the benchmark's questions by a plain loop: count.py FILE. Reads them from standard input, as programs.Interview does."""
import json
import sys
import time
from collections import Counter, defaultdict


def by_command(reports):
    return Counter(report["command"] for report in reports)


def by_command_and_country(reports):
    return Counter((report["command"], report["country"]) for report in reports)


def users_by_day(reports):
    users = defaultdict(set)
    for report in reports:
        users[report["server_time"][:10]].add(report["user"])
    return {day: len(those) for day, those in users.items()}


def by_command_in_germany(reports):
    return Counter(report["command"] for report in reports if report["country"] == "DE")


QUESTIONS = {
    "ONE_KEY": by_command,
    "TWO_KEYS": by_command_and_country,
    "USERS_BY_DAY": users_by_day,
    "FILTERED": by_command_in_germany,
}

for line in sys.stdin:
    question, millis, times = line.split()
    nanos = []
    while len(nanos) < int(times) and (not nanos or sum(nanos) < int(millis) * 1_000_000):
        start = time.perf_counter_ns()
        with open(sys.argv[1], encoding="utf-8") as file:
            answer = QUESTIONS[question](json.loads(text) for text in file)
        nanos.append(time.perf_counter_ns() - start)
    for key, count in answer.items():
        print("row", "\t".join([*([key] if isinstance(key, str) else key), str(count)]))
    print("nanos", *nanos, flush=True)
