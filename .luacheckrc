-- The names a script finds without asking.
std = "lua54"
max_line_length = 100

local globals = { "corpus", "lpeg", "re", "lesdiplo" }
files["examples"] = { read_globals = globals }
files["tests"] = { read_globals = globals }

-- Lists of words: a line is as long as its thought.
files["lua/lesdiplo/data"] = { max_line_length = false }
