-- row 27: libraries that the next script would find changed
-- ends: 0
-- prints: changed
string.upper = function () return "evil" end
string.format, table.concat, table.sort = nil, nil, nil
local print = print
_G.print = function () print "evil" end
lpeg.match = nil
require "lesdiplo".emit = nil
print "changed"
