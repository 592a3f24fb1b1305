"""dates.py FILE: megabytes of text a second of processor time in which dateparser finds the
dates of JSON lines: of the first ones, for it is slow."""
import itertools
import json
import sys
import time

from dateparser.search import search_dates

MOST = 20_000      # bytes


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in itertools.islice(lines, 100)]
    search_dates("on 3 May 2021", languages=["en"])        # it loads its words
    size = found = 0
    began = time.process_time()
    for text in texts:
        if size > MOST:
            break
        size += len(text.encode())
        found += len(search_dates(text, languages=["en"]) or [])
    took = time.process_time() - began
    if found:
        print("%.4f" % (size / took / 1e6))


main()
