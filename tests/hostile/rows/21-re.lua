-- row 21: the same, as re writes it
-- with: --max-time 0.4
-- ends: 4
-- says: 0.4 seconds, the limit (--max-time)

re.match(("a"):rep(60), "A <- 'a' A 'b' / 'a' A 'c' / 'a'")
