-- D7: text that is no UTF-8, in every function that takes text
-- ends: 0
-- prints: held
for _, bad in ipairs{"\x80", "\xff\xfe", "\xed\xa0\x80", "\xf4\x90\x80\x80", "a\xc3", "\0\0"} do
  pcall(function () for _ in utf8.codes(bad) do end end)
  pcall(utf8.len, bad)
  pcall(utf8.codepoint, bad, 1, -1)
  pcall(utf8.offset, bad, 1)
  pcall(function () return corpus:kwic(bad) end)
  pcall(function () return corpus:find(require "lesdiplo.query".word(bad)) end)
  pcall(function () return lesdiplo.entity(bad) end)
  pcall(require, bad)
  pcall(load, bad)
end
print "held"
