-- Dates as wires and histories print them: apostrophes, seasons of years that are told, hours
-- with their zone, nights between two days, what comes at the latest.
local c = require "lesdiplo.util".checks()
local dates = require "lesdiplo".grammar.dates
