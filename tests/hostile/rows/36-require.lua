-- row 36: names of modules that are paths
-- ends: 1
-- says: no module '../../secret'
for _, name in ipairs{"../secret", "/etc/passwd", "lesdiplo..x", "lesdiplo/../x", "a\0b"} do
  assert(not pcall(require, name))
end
require "../../secret"
