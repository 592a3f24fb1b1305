-- a pattern as large as memory
-- with: --max-memory 64M --max-time 20
-- ends: 1 4
lpeg.P(1 << 30)
