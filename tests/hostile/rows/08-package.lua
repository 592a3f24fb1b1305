-- row 8: package, and modules that hand out what is not there
-- ends: 0
-- prints: held
assert(not pcall(function () return package end) and rawget(_G, "package") == nil)
for _, name in ipairs{"io", "os.x", "package", "ffi", "lfs", "posix", "socket", "jit", "_G",
    "lesdiplo/../x", "../../x", "/etc/passwd", "./x", "x.so", "lpeg.so", "lesdiplo\0x", "", "."} do
  assert(not pcall(require, name), name)
end
assert(require "os" == os and os.execute ~= nil and not pcall(os.execute, "true"))
print "held"
