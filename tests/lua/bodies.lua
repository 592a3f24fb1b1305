-- Names of armed groups, of members of the Security Council, of principles; given names of many
-- lands: over the documents of bodies.jsonl, of each its bodies or its people in order.
local check = require "lesdiplo.util.check"
local c = check.new()

local function named (id, layer)
  local out = {}
  for _, span in corpus:doc(id):layer(layer):each() do
    out[#out + 1] = span.text .. "=" .. span.id
  end
  return table.concat(out, " | ")
end

c:equal(named("groups", "org"), "Lebanese Hizballah=HEZBOLLAH | IRGC-QF=IRGCQF | " ..
        "Islamic Revolutionary Guard Corps – Qods Force=IRGCQF | ISIS-GS=ISISGS | " ..
        "Haqqani Network=HAQQANI | IRGC=IRGC", "a force is a part with a name of its own")
c:equal(named("members", "org"), "five permanent members of the UN Security Council=P5 | " ..
        "non-permanent members of the Security Council=E10", "one name, not two in each other")
local mining = "guiding-principles-on-safe-mining"
c:equal(named("papers", "org"), "Guiding Principles on Safe Mining=" .. mining
        .. " | GPSMs=" .. mining .. " | GPSMs=" .. mining,
        "a head noun where on follows, and a short form in the plural")
c:equal(named("given", "person"), "Kylie Lund=kylie-lund | Behnam Berg=behnam-berg | " ..
        "Siraaj Vik=siraaj-vik | Soyoung Holm=soyoung-holm | Jovenel Vega=jovenel-vega",
        "given names tell people")
c:finish()
