-- row 26: options of the collector
-- ends: 0
-- prints: held
for _, option in ipairs{"collect", "stop", "restart", "step", "incremental", "generational", "setpause",
    "setstepmul", "isrunning"} do
  assert(not pcall(collectgarbage, option), option)
end
assert(collectgarbage "count" > 0)
print "held"
