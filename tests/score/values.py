#!/usr/bin/env python3
"""Scores the layers `date` and `amount` over value sets of other programs, plainly and as far as
they can be compared.

  values.py LESDIPLO GOLD.jsonl... [--errors N]     values.py --selftest

A row of a set is {id, lang, text, ref_date, expected: [{bs, be, type, value, alts?}]}, offsets
in bytes; sets of dates are called date.*. Each row becomes a document with its date. Spans are
paired one to one where they overlap, exact ones first. A value counts as equal

  plain       as it is written, but for the zeros and the units that TimeML writes two ways
  comparable  where it means the same stretch of time or the same length, and differs only by a
              convention of the set, of which there are these:
    end       a stretch that ends with its last day, here; with the first day behind it, there
    now       an open end: until Friday has no beginning here, and begins now there
    part      a part of the day by its name (TMO), or by hours that a set agreed upon; a weekend
              of two days, or one that begins on Friday evening
    third     the end of May is May with a mod, or its last days
    season    a season by its name, or by days
    grain     in a week is a week here; there a day, or an hour of one
    first     last month by its first day, the next two years by the first or the last
    length    P2Y3M or P27M, PT1.5H or PT90M
    ago       a length alone is one, or the day that long before the document's
    zone      an hour as it was said, with its offset, or as it is where the set was made
    left out  the set has the day of an hour alone, or the hour of a day, or no seconds, or the
              hours of a stretch without their T
    before    BC0234 or -234

Of amounts only those kinds are comparable that the rows mark anywhere whose ids begin alike (all
but the number at their end): those of money mark no counts. The sets called *meantime* mark the
beginning of each text: what is found behind their last record is not compared.

Prints for each set gold and found expressions, those of its kinds, relaxed F1 of these, both
value F1s, and how many values each convention accounts for. What is left is wrong, or the set is.
"""
import argparse, collections, datetime, json, os, re, subprocess, sys, tempfile

UNITS = {"Y": 12, "M": 1}
SECONDS = {"W": 604800, "D": 86400, "TH": 3600, "TM": 60, "TS": 1}
DAY = datetime.timedelta(days=1)
PARTS = {"MO": (0, 12), "AF": (12, 19), "EV": (16, 25), "NI": (17, 33), "DT": (6, 20), "MI": (11, 15)}
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def plain(value):
    """A value with what TimeML writes two ways written one way."""
    v = str(value if value is not None else "").strip().upper()
    v = re.sub(r"(T\d\d:\d\d):00(?:\.0+)?(?=$|/)", r"\1", v)
    v = re.sub(r"(\d\d:\d\d)Z$", r"\1", v)
    v = re.sub(r"^(\d{2,3})X{1,2}$", r"\1", v)
    length = re.fullmatch(r"(PT?)(\d+)(DE|CE|W|M|H)", v)
    if length:
        kind, n, unit = length[1], int(length[2]), length[3]
        if unit in ("DE", "CE"): v = "P%dY" % (n * (10 if unit == "DE" else 100))
        elif unit == "W": v = "P%dD" % (7 * n)
        elif kind == "P" and unit == "M" and n and n % 12 == 0: v = "P%dY" % (n // 12)
        elif kind == "PT" and unit == "H" and n and n % 24 == 0: v = "P%dD" % (n // 24)
    return v


def length_of(value):
    """Months and seconds of a length; None where it is none or unknown."""
    m = re.fullmatch(r"P((?:[\d.]+[YQMWD])*)(?:T((?:[\d.]+[HMS])+))?", value or "")
    if not m or value in ("P", "PT"): return None
    months = seconds = 0.0
    for n, unit in re.findall(r"([\d.]+)([YQMWD])", m[1]):
        if unit in "YQM": months += float(n) * {"Y": 12, "Q": 3, "M": 1}[unit]
        else: seconds += float(n) * SECONDS[unit]
    for n, unit in re.findall(r"([\d.]+)([HMS])", m[2] or ""):
        seconds += float(n) * SECONDS["T" + unit]
    return months * 30 * 86400 + seconds if months % 1 or seconds else months * 30 * 86400


def month_after(day, n=1):
    month = day.year * 12 + day.month - 1 + n
    return day.replace(year=month // 12, month=month % 12 + 1)


def granule(value):
    """The stretch that a point means, its end exclusive; None for what is no point."""
    v = re.sub(r"(Z|[+-]\d\d:\d\d)$", "", value) if "T" in value else value
    make = datetime.datetime
    try:
        if m := re.fullmatch(r"(\d{4})", v):
            return make(int(v), 1, 1), make(int(v) + 1, 1, 1)
        if m := re.fullmatch(r"(\d{4})-(\d\d)", v):
            a = make(int(m[1]), int(m[2]), 1)
            return a, month_after(a)
        if m := re.fullmatch(r"(\d{4})-Q(\d)", v):
            a = make(int(m[1]), 3 * int(m[2]) - 2, 1)
            return a, month_after(a, 3)
        if m := re.fullmatch(r"(\d{4})-H(\d)", v):
            a = make(int(m[1]), 6 * int(m[2]) - 5, 1)
            return a, month_after(a, 6)
        if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", v):
            a = make.fromisocalendar(int(m[1]), int(m[2]), 6 if m[3] else 1)
            return a, a + DAY * (2 if m[3] else 7)
        if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", v):
            a = make(int(m[1]), SEASONS[m[2]], 1)
            return a, month_after(a, 3)
        if m := re.fullmatch(r"(\d{3})X?", v):
            return make(int(m[1]) * 10, 1, 1), make(int(m[1]) * 10 + 10, 1, 1)
        if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", v):
            a = make(*map(int, m.groups()))
            return a, a + DAY
        if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(\d\d)(?::(\d\d))?(?::(\d\d))?(?:\.\d+)?", v):
            a = make(*map(int, m.groups()[:3])) + datetime.timedelta(hours=int(m[4]),
                     minutes=int(m[5] or 0), seconds=int(m[6] or 0))
            return a, a + datetime.timedelta(seconds=1 if m[6] else 60 if m[5] else 3600)
    except ValueError:
        pass
    return None


def stretch(value):
    """First moments of both ends and the end of the last; None where there is none."""
    a, _, b = value.partition("/")
    first, last = granule(a), granule(b or a)
    return (first[0], last[0], last[1]) if first and last else None


def weekend(ours, theirs):
    g, t = granule(ours), stretch(theirs)
    return ours.endswith("-WE") and g and t and t[1] == g[1] and \
        datetime.timedelta(0) <= g[0] - t[0] <= datetime.timedelta(hours=6)


def part_of_day(ours, theirs):
    m = re.fullmatch(r"(\d{4}-\d\d-\d\d)?T(MO|AF|EV|NI|DT|MI)", ours)
    if not m: return False
    a, _, b = theirs.partition("/")
    t = granule(a)
    if t is None: return False
    if "T" not in a: return m[1] == a and not b
    if not m[1]: return PARTS[m[2]][0] <= t[0].hour <= PARTS[m[2]][1]
    base = granule(m[1])[0]
    low, high = PARTS[m[2]]
    end = granule(b) if b else t
    hour = datetime.timedelta(hours=1)
    return base + hour * low <= t[0] and end is not None and end[0] <= base + hour * (high + 3)


def third_of(ours, mod, theirs):
    g, t = granule(ours), stretch(theirs)
    if not g or not t or "/" not in theirs: return False
    span = (g[1] - g[0]).total_seconds()
    a, b = ((x - g[0]).total_seconds() / span for x in t[:2])
    return (mod == "START" and a == 0 and b <= 0.6 or mod == "END" and a >= 0.4 and b == 1
            or mod == "MID" and 0.2 <= a and b <= 0.8)


def zoned(ours, theirs, zone):
    def moved(v):
        m = re.search(r"(Z|[+-]\d\d:\d\d)$", v) if "T" in v else None
        g = granule(v)
        if not m or not g: return None
        z = m[1]
        off = 0 if z == "Z" else (1 if z[0] == "+" else -1) * (int(z[1:3]) * 60 + int(z[4:]))
        return g[0] - datetime.timedelta(minutes=off) + datetime.timedelta(minutes=zone)
    if theirs == re.sub(r"(Z|[+-]\d\d:\d\d)(?=$|/)", "", ours): return True
    mine, other = ours.split("/"), theirs.split("/")
    if len(mine) != len(other): return False
    minute = datetime.timedelta(minutes=1)
    return all(moved(a) and granule(b) and granule(b)[0] - moved(a) in (0 * minute, minute)
               for a, b in zip(mine, other))


def ago(ours, theirs, ref):
    """Is a point so long before the document's time, or behind it, as it says for how long?"""
    now, then = granule(ref) if ref else None, granule(theirs)
    found = re.fullmatch(r"P((?:[\d.]+[YMWD])*)(?:T(?:[\d.]+[HMS])+)?", ours)
    if not found or not now or not then: return False
    months = sum(float(n) * UNITS[u] for n, u in re.findall(r"([\d.]+)([YM])", found[1]))
    rest = re.sub(r"[\d.]+[YM]", "", found[1])
    clock = ours.partition("T")[2]
    span = datetime.timedelta(seconds=length_of("P" + rest + ("T" + clock if clock else "")) or 0
                              if rest or clock else 0)
    for sign in (-1, 1):
        try: when = month_after(now[0].replace(day=min(now[0].day, 28)), sign * int(months)) + \
                sign * span + (now[0] - now[0].replace(day=min(now[0].day, 28)))
        except (ValueError, OverflowError): continue
        if then[0] - datetime.timedelta(minutes=1) <= when < then[1]: return True
    return False


def convention(ours, mod, theirs, zone, ref):
    """The convention by which two values differ that mean the same; None where they do not."""
    if not ours or not theirs: return None
    a, b = length_of(ours), length_of(theirs)
    if a is not None and b is not None: return "length" if abs(a - b) < 1 else None
    if a is not None: return "ago" if ago(ours, theirs, ref) else None
    if re.sub(r"^BC0*", "-", ours) == re.sub(r"^-0*", "-", theirs): return "before"
    if part_of_day(ours, theirs) or weekend(ours, theirs): return "part"
    if plain("/".join("T" + x for x in theirs.split("/"))) == ours: return "left out"
    if ours.startswith("../") or ours.endswith("/.."):
        start, end = ours.split("/")
        other = theirs.split("/")
        if len(other) == 2:
            if end == "..":
                return "now" if granule(start) and granule(other[0]) and \
                    granule(start)[0] == granule(other[0])[0] and other[1] == "" else None
            g, t = granule(end), granule(other[1])
            return "now" if g and t and t[0] in g else None
        return None
    if mod and third_of(ours, mod, theirs): return "third"
    if re.search(r"T.*(Z|[+-]\d\d:\d\d)", ours) and zoned(ours, theirs, zone): return "zone"
    x, y = stretch(ours), stretch(theirs)
    if re.fullmatch(r"T\d\d(:\d\d)?", theirs) and \
            re.search(r"T\d\d(:\d\d)?", ours) and plain(re.sub(r".*(T.*)", r"\1", ours)) in \
            (theirs, theirs[:3] if theirs.endswith(":00") else None): return "left out"
    if not x or not y: return None
    if "/" in theirs:
        if re.search(r"-(SP|SU|FA|WI)$", ours):
            return "season" if abs((x[0] - y[0]).days) <= 23 else None
        if x[0] == y[0] and y[1] in (x[1], x[2]): return "end"
        return None
    if "/" in ours:
        return "first" if y[0] in (x[0], x[1]) else None
    if "T" not in ours and "T" not in theirs and ours != theirs:
        if theirs.startswith(ours) or x[0] <= y[0] and y[2] <= x[2]:
            return "first" if y[0] == x[0] else "grain"
        return None
    if x[0] == y[0] and x[2] == y[2] or x[0] == y[0] and ours.split("T")[0] == theirs.split("T")[0]:
        return "left out" if "T" in ours and "T" in theirs or "T" in ours else "grain"
    day = datetime.timedelta(days=1)
    if "T" not in ours and x[2] - x[0] <= day and x[0] <= y[0] < x[2]: return "grain"
    if "T" in ours and y[2] - y[0] <= day and y[0] <= x[0] < y[2]: return "left out"
    return None


def pairs_of(gold, found):
    ranked = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            both = min(g["be"], f["end"]) - max(g["bs"], f["start"])
            if both > 0:
                ranked.append(((g["bs"], g["be"]) != (f["start"], f["end"]), -both, i, j))
    used_g, used_f, out = set(), set(), []
    for _, _, i, j in sorted(ranked):
        if i not in used_g and j not in used_f:
            used_g.add(i); used_f.add(j); out.append((gold[i], found[j]))
    return out


KINDS = {"money": "MONEY", "count": "NUMBER", "percent": "PERCENT", "ordinal": "ORDINAL"}


def number(value):
    """A number as text, of both ends of a range."""
    v = str(value).strip().lstrip("<>=~ ").rstrip("%").strip("()[]")
    if ".." in v: return "..".join(number(x) for x in v.split("..", 1))
    if re.fullmatch(r"-?\d{1,3}(?:[ \u00a0.]\d{3})*,\d+|-?\d+,\d{1,2}", v):
        v = re.sub(r"[ \u00a0.]", "", v).replace(",", ".")
    try: return "%.12g" % float(v)
    except ValueError: return v


def layer(program, name, rows, by_ends):
    """The records of a layer in each row, by its id; of ranges both ends, if so asked."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="utf-8") as f:
        for r in rows:
            f.write(json.dumps({"id": r["id"], "text": r["text"],
                                "lang": (r["lang"] or "en").split("-")[0],
                                "date": (r.get("ref_date") or "")[:19]}, ensure_ascii=False) + "\n")
    run = subprocess.run([program, "annotate", "--layers", name, f.name],
                         capture_output=True, text=True)
    os.unlink(f.name)
    if run.returncode: sys.exit("%s: exit code %d: %s" % (program, run.returncode, run.stderr[-300:]))
    out = collections.defaultdict(list)
    for line in run.stdout.splitlines():
        o = json.loads(line)
        if o.get("layer") != name: continue
        o.setdefault("type", KINDS.get(o.get("class"), "OTHER"))
        out[o["doc"]] += o["parts"] if by_ends and o.get("parts") else [o]
    return out


class Tally:
    def __init__(self):
        self.gold = self.found = self.counted = self.pairs = self.same = 0
        self.why, self.wrong = collections.Counter(), []

    def f1(self, hits, found):
        total = self.gold + found
        return 200.0 * hits / total if total else 100.0

    def row(self, name):
        alike = self.same + sum(self.why.values())
        return "%-20s gold %4d found %4d of these kinds %4d  relaxed %5.1f  value: plain %5.1f " \
            "comparable %5.1f  %s" % (name, self.gold, self.found, self.counted,
                                      self.f1(self.pairs, self.counted), self.f1(self.same, self.found),
                                      self.f1(alike, self.counted),
                                      " ".join("%s %d" % one for one in sorted(
                                          self.why.items(), key=lambda x: (-x[1], x[0]))))


def take(tally, r, found, every, kinds, dates, ends_early):
    """Adds one row: found records that overlap what the set marks besides count for nothing; those
    of other kinds than these are not compared."""
    gold = [e for e in r["expected"] if e["type"] in every]
    spare = [e for e in r["expected"] if e["type"] not in every]
    mine = [f for f in found
            if not any(min(f["end"], s["be"]) > max(f["start"], s["bs"]) for s in spare)]
    reach = max([e["be"] for e in r["expected"]], default=0) if ends_early else 1 << 40
    ref = r.get("ref_date") or ""
    zone = re.search(r"([+-])(\d\d):?(\d\d)$", ref[10:])
    zone = (1 if zone[1] == "+" else -1) * (int(zone[2]) * 60 + int(zone[3])) if zone else 0
    tally.gold += len(gold)
    tally.found += len(mine)
    pairs = pairs_of(gold, mine)
    met = {id(f) for _, f in pairs}
    tally.counted += sum(id(f) in met or (dates or f["type"] in kinds) and f["start"] < reach
                         for f in mine)
    for g, f in pairs:
        tally.pairs += 1
        ours, values = f.get("value"), [g.get("value")] + (g.get("alts") or [])
        same = plain if dates else number
        if same(ours) in [same(v) for v in values]:
            tally.same += 1
            continue
        why = dates and next((c for c in (convention(ours, f.get("mod"), v, zone, ref[:19])
                                          for v in values) if c), None)
        if why: tally.why[why] += 1
        else: tally.wrong.append((r["id"], g.get("text"), g.get("value"), f.get("text"), ours))


def score(program, path, errors):
    name = os.path.basename(path)[:-len(".jsonl")]
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    dates, early = name.startswith("date"), "meantime" in name
    every = {"DATE", "TIME", "DURATION", "SET"} if dates else \
        {"MONEY", "PERCENT"} if early else set(KINDS.values())
    suite = lambda r: re.sub(r"-?\d+$", "", r["id"])
    marked = collections.defaultdict(set)
    for r in rows: marked[suite(r)] |= {e["type"] for e in r["expected"]} & every
    found = layer(program, "date" if dates else "amount", rows, early)
    tally = Tally()
    for r in rows:
        kinds = every if dates or early else marked[suite(r)]
        take(tally, r, found[r["id"]], every, kinds, dates, early)
    print(tally.row(name))
    for one in tally.wrong[:errors]: print("   ", *one)


CASES = [                            # ours, mod, theirs, the convention
    ("2013-07-13/2013-07-15", None, "2013-07-13/2013-07-16", "end"),
    ("2013-07-13/2013-07-15", None, "2013-07-13/2013-07-17", None),
    ("2013-03/2013-05", None, "2013-03/2013-06", "end"),
    ("2013-02-12T15:30/2013-02-12T18:00", None, "2013-02-12T15:30/2013-02-12T18:01", "end"),
    ("../2014", None, "/2014", "now"), ("2016-08/..", None, "2016-08/", "now"),
    ("../2013-02-12", None, "2013-02-12T04:30:00/2013-02-13T00:00:00", "now"),
    ("../2013-02-12", None, "2013-02-12T04:30:00/2013-02-14T00:00:00", None),
    ("2013-02-12TMO", None, "2013-02-12T00/2013-02-12T12", "part"),
    ("2013-02-12TMO", None, "2013-02-12T18/2013-02-13T00", None),
    ("2013-02-12TEV", None, "2013-02-12T20:00", "part"),
    ("2013-02-12TEV", None, "2013-02-13T20:00", None),
    ("2013-W07-WE", None, "2013-02-15T18/2013-02-18T00", "part"),
    ("2013-W07-WE", None, "2013-02-22T18/2013-02-25T00", None),
    ("2013-02", "END", "2013-02-21/2013-03-01", "third"),
    ("2013-02", "START", "2013-02-21/2013-03-01", None),
    ("2013-SU", None, "2013-06-21/2013-09-24", "season"),
    ("2013-SU", None, "2013-03-21/2013-06-21", None),
    ("2013-02-19", None, "2013-02-19T04", "grain"), ("2013-05", None, "2013-05-12", "grain"),
    ("2016", None, "2016-02-01T07", None), ("2016-02-01T07", None, "2016", None),
    ("2013-05", None, "2013-05-01", "first"), ("2013-05", None, "2013-06-01", None),
    ("2017/2018", None, "2018", "first"), ("2017/2018", None, "2019", None),
    ("P2Y3M", None, "P27M", "length"), ("PT1.5H", None, "PT90M", "length"),
    ("P2Y3M", None, "P28M", None), ("P1.5M", None, "P45D", "length"),
    ("P1Y2M", None, "2013-07", "ago"), ("P1Y2M", None, "2012-07", None),
    ("PT21H", None, "2014-08-31T13:30", "ago"),
    ("2013-02-14T08:00Z", None, "2013-02-14T06:00", "zone"),
    ("2013-02-14T08:00Z", None, "2013-02-14T07:00", None),
    ("2012-05-05T12:00", None, "2012-05-05", "left out"),
    ("2012-05-05T12:00", None, "2012-05-06", None),
    ("2022-03-12T23:00", None, "T23:00", "left out"),
    ("2014-09-01T10:30:03", None, "2014-09-01T10:30", "left out"),
    ("T17:00/T18:00", None, "17:00:00/18:00:00", "left out"),
    ("BC0234-08-10", None, "-234-08-10", "before"), ("BC0234", None, "-235", None),
]


def selftest():
    failed = 0
    for ours, mod, theirs, want in CASES:
        got = convention(ours, mod, theirs, -120, "2014-09-01T10:30:00")
        if got != want:
            failed += 1
            print("%s %s: %s, and not %s" % (ours, theirs, got, want))
    print("%d passed, %d failed" % (len(CASES) - failed, failed))
    sys.exit(failed > 0)


def main():
    if sys.argv[1:] == ["--selftest"]: selftest()
    ap = argparse.ArgumentParser(description=__doc__,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("lesdiplo")
    ap.add_argument("gold", nargs="+")
    ap.add_argument("--errors", type=int, default=0, metavar="N",
                    help="print the first N values of each set that mean something else")
    a = ap.parse_args()
    for path in a.gold:
        if not os.path.isfile(path):
            sys.exit("%s: no such file; make scores GOLD=FOLDER takes FOLDER/values/*.jsonl" % path)
        score(a.lesdiplo, path, a.errors)


if __name__ == "__main__":
    main()
